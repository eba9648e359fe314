namespace Calls.Contracts.Ids;

/// <summary>Names one run of one gateway process; a restart is another gateway.</summary>
[GenerateSerializer, Immutable, Alias("GatewayId")]
public readonly record struct GatewayId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
