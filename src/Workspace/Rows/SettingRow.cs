namespace Calls.Workspace.Rows;

/// <summary>A setting changed while running.</summary>
internal sealed class SettingRow
{
    public required string Name { get; init; }

    public required string Value { get; init; }
}
