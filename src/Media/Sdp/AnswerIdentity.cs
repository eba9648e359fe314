using Calls.Media.Dtls;
using Calls.Media.Ice;

namespace Calls.Media.Sdp;

/// <summary>What an answer says about us. Made once per session, so that the same offer again gets the same answer.</summary>
public sealed record AnswerIdentity
{
    /// <summary>Voice slots, the screen with its RTX, and the screen's sound.</summary>
    public const int SsrcsMax = AnswerOptions.VoiceSlotsMax + 3;

    /// <summary>The number in <c>o=</c>: random, below 2^62.</summary>
    public required long SessionNumber { get; init; }

    /// <summary>Our ICE credentials.</summary>
    public required IceCredentials Credentials { get; init; }

    /// <summary>The fingerprint of our certificate.</summary>
    public required CertificateFingerprint Fingerprint { get; init; }

    /// <summary>Where we are; the first is also written as the default address.</summary>
    public required IReadOnlyList<IceCandidate> Candidates { get; init; }

    /// <summary>At least <see cref="SsrcsMax"/> distinct numbers, not 0, given to our outgoing lines in order (row SRTP7).</summary>
    public required IReadOnlyList<uint> Ssrcs { get; init; }
}
