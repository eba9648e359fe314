using Calls.Media.Peers;
using Calls.Media.Stun;
using Calls.Media.Tracks;

namespace Calls.MediaNode.Loops;

/// <summary>What all loops of a node have in common.</summary>
internal sealed record LoopSettings(LoopClock Clock, PeerSeams Seams, ILoopNews News)
{
    /// <summary>So few turns are looked at closely that it costs nothing.</summary>
    public const int TurnsPerSample = 64;

    public required int Loops { get; init; }

    /// <summary>Has each loop a port of its own? Then what comes to it is its own, and nothing is handed over.</summary>
    public bool HasOwnPorts { get; init; }

    /// <summary>What the rooms of a loop are set up with, given its number.</summary>
    public required Func<int, PeerSetup> Peers { get; init; }

    public int HandshakeStepsPerTurn { get; init; } = 2;

    public int StunErrorsPerSecond { get; init; } = RefusalBudget.PerSecondDefault;

    public int VoiceSlots { get; init; } = 3;

    public int SessionsMax { get; init; } = int.MaxValue;

    public int CallSessionsMax { get; init; } = int.MaxValue;

    /// <summary>Takes what a sampled turn was like.</summary>
    public Action<TurnSample> Turn { get; init; } = _ => { };

    /// <summary>Takes what the core has measured; in place, on the loop's thread.</summary>
    public Action<MediaSample> Sample { get; init; } = _ => { };

    /// <summary>Takes a fault that ended a session; called on the loop's thread, rarely.</summary>
    public Action<Exception> Fault { get; init; } = _ => { };
}
