using Calls.Media.Ice;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.Media.Stun;

namespace Calls.Media.Peers;

/// <summary>How the sessions of a node are set up.</summary>
/// <param name="Thread">The thread that owns them; the first character of their fragments names it.</param>
/// <param name="Candidates">The node's addresses, as answers name them.</param>
public sealed record PeerSetup(int Thread, IReadOnlyList<IceCandidate> Candidates)
{
    /// <summary>What answers choose; kind and voice slots are each session's own.</summary>
    public AnswerOptions Answers { get; init; } = new();

    /// <summary>Limits of a session.</summary>
    public PeerLimits Limits { get; init; } = PeerLimits.Default;

    /// <summary>Which refused checks are answered; the thread's, for a source may try many sessions.</summary>
    public RefusalBudget Refusals { get; init; } = new(RefusalBudget.PerSecondDefault);

    /// <summary>Limits of its ICE agent.</summary>
    public IceLimits Ice { get; init; } = new();

    /// <summary>Limits of its SRTP contexts.</summary>
    public SrtpLimits Srtp { get; init; } = SrtpLimits.Default;
}
