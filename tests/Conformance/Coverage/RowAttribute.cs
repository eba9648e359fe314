namespace Calls.Conformance.Coverage;

/// <summary>The rows of the behaviour's tables that a test shows, by their ids.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RowAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
