using System.Reflection;
using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or an observer; equal to any other with the same identity.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    /// <summary>The identity of the target.</summary>
    public GrainId GrainId { get; private set; }

    internal Silo Silo { get; private set; } = null!;

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"GrainReference:{GrainId}";

    internal void Bind(Silo silo, GrainId id)
    {
        Silo = silo;
        GrainId = id;
    }

    /// <inheritdoc/>
    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        MethodPlan.Of(targetMethod!).Send(this, args ?? []);
}
