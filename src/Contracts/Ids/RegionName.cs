namespace Calls.Contracts.Ids;

/// <summary>A place where media nodes stand, such as <c>eu-west</c>; configured by the operator.</summary>
[GenerateSerializer, Immutable, Alias("RegionName")]
public readonly record struct RegionName([property: Id(0)] string Value)
{
    /// <summary>The region of an installation that names none.</summary>
    public static RegionName Default { get; } = new("default");

    /// <summary>The grain key. The prefix keeps names such as <c>fade</c> from being stored as hexadecimal numbers.</summary>
    public string GrainKey => "region:" + Value;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
