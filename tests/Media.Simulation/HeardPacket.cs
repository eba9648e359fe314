using Calls.Media.Datagrams;

namespace Calls.Media.Simulation;

/// <summary>A voice packet as a simulated browser has opened it.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Line">On which voice line.</param>
/// <param name="Speaker">Who spoke it, by the mark in its payload.</param>
/// <param name="Frame">The speaker's count of frames since the beginning.</param>
/// <param name="Sequence">Its number on the line.</param>
/// <param name="Timestamp">Its timestamp on the line.</param>
/// <param name="Marker">The marker bit.</param>
/// <param name="Level">The level it carries, −1 for none.</param>
/// <param name="Mid">The MID it carries, null for none.</param>
/// <param name="PayloadType">The payload type.</param>
/// <param name="InnerType">The codec's type, inside redundant audio too.</param>
/// <param name="Again">Which earlier frame it repeats, null for none.</param>
public sealed record HeardPacket(
    MonotonicTime At,
    int Line,
    int Speaker,
    uint Frame,
    ushort Sequence,
    uint Timestamp,
    bool Marker,
    int Level,
    string? Mid,
    byte PayloadType,
    byte InnerType,
    uint? Again);
