namespace Calls.Media.Ice;

/// <summary>The waits of an <see cref="IceLiteAgent"/>.</summary>
public sealed record IceLimits
{
    /// <summary>Bytes that an answer may need: header, address, reason, list of unknown attributes, integrity, fingerprint.</summary>
    public const int AnswerBytesMax = 160;

    /// <summary>
    /// Pairs that are remembered as proven. A browser tries each of its addresses against each of ours: 4 × 4 is a lot. With
    /// more, the one whose proof is oldest gives way.
    /// </summary>
    public const int ProvenPairsMax = 16;

    /// <summary>Silence after which the session is told to be stalled. Browsers check every 2.5 s.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which nothing more is sent (RFC 7675 §5.1).</summary>
    public TimeSpan ConsentMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which the session is over.</summary>
    public TimeSpan StalledGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the pair that was left is still received from: packets overtake each other.</summary>
    public TimeSpan OldPairMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the credentials before a restart stay valid without being used, if no pair is nominated under the new ones.
    /// </summary>
    public TimeSpan OldCredentialsMax { get; init; } = TimeSpan.FromSeconds(30);
}
