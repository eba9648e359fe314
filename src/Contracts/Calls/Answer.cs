namespace Calls.Contracts.Calls;

/// <summary>What every command gets: accepted, or refused with a reason.</summary>
/// <param name="Refusal">Why not; null when accepted.</param>
/// <param name="Detail">One sentence more about a refusal, for people; null if the code says it all.</param>
[GenerateSerializer, Immutable, Alias("Answer")]
public sealed record Answer([property: Id(0)] Refusal? Refusal, [property: Id(1)] string? Detail)
{
    /// <summary>Done.</summary>
    public static Answer Accepted { get; } = new(null, null);

    /// <summary>Whether it was done.</summary>
    public bool IsAccepted => Refusal is null;

    /// <summary>Not done, and why.</summary>
    public static Answer Refuse(Refusal refusal, string? detail = null) => new(refusal, detail);
}

/// <summary>What every command that returns something gets: the value, or a reason why there is none.</summary>
/// <param name="Value">The value; default when refused.</param>
/// <param name="Refusal">Why not; null when accepted.</param>
/// <param name="Detail">One sentence more about a refusal, for people.</param>
[GenerateSerializer, Immutable, Alias("Answer`1")]
public sealed record Answer<T>([property: Id(0)] T? Value, [property: Id(1)] Refusal? Refusal, [property: Id(2)] string? Detail)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsAccepted => Refusal is null;

    /// <summary>The refusal without the value.</summary>
    public Answer Plain => new(Refusal, Detail);

    /// <summary>Not done, and why.</summary>
    public static Answer<T> Refuse(Refusal refusal, string? detail = null) => new(default, refusal, detail);

    /// <summary>Passes the refusal of another answer on.</summary>
    /// <exception cref="ArgumentException">The other was accepted.</exception>
    public static Answer<T> Refuse(Answer other) =>
        new(default, other.Refusal ?? throw new ArgumentException("An accepted answer refuses nothing.", nameof(other)), other.Detail);

    /// <summary>Done.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null, null);
}
