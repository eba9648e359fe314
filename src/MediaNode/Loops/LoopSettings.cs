using Calls.Media.Peers;
using Calls.Media.Stun;

namespace Calls.MediaNode.Loops;

/// <summary>What all loops of a node have in common.</summary>
internal sealed record LoopSettings(LoopClock Clock, PeerSeams Seams, ILoopNews News)
{
    /// <summary>One turn in 64 is measured for the transit histogram.</summary>
    public const long TransitSampleMask = 63;

    public required int Loops { get; init; }

    /// <summary>What the rooms of a loop are set up with, given its number.</summary>
    public required Func<int, PeerSetup> Peers { get; init; }

    public int HandshakeStepsPerTurn { get; init; } = 2;

    public int StunErrorsPerSecond { get; init; } = RefusalBudget.PerSecondDefault;

    public int VoiceSlots { get; init; } = 3;

    public int SessionsMax { get; init; } = int.MaxValue;

    public int CallSessionsMax { get; init; } = int.MaxValue;

    /// <summary>Takes a sampled time from receiving to having handed all to the system.</summary>
    public Action<TimeSpan> Transit { get; init; } = _ => { };

    /// <summary>Takes a fault that ended a session; called on the loop's thread, rarely.</summary>
    public Action<Exception> Fault { get; init; } = _ => { };
}
