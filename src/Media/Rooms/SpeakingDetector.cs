using System.Numerics;
using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>
/// What the speaking ring shows (row VOX10): on after 3 active packets of 5, off after 500 ms without one. It has nothing
/// to do with who gets a slot.
/// </summary>
public sealed class SpeakingDetector
{
    private const int PacketsActive = 3;
    private const int PacketsSeen = 0b11111;

    private static readonly TimeSpan s_endsAfter = TimeSpan.FromMilliseconds(500);

    private int _recent;
    private MonotonicTime _activeAt;

    /// <summary>Is it shown as speaking?</summary>
    public bool IsSpeaking { get; private set; }

    /// <summary>When it stops being shown unless it speaks again.</summary>
    public MonotonicTime EndsAt => IsSpeaking ? _activeAt + s_endsAfter : MonotonicTime.Never;

    /// <summary>Takes a packet. True if the ring goes on by it.</summary>
    public bool Hear(bool active, MonotonicTime now)
    {
        _recent = ((_recent << 1) | (active ? 1 : 0)) & PacketsSeen;
        if (!active) { return false; }

        _activeAt = now;
        if (IsSpeaking || BitOperations.PopCount((uint)_recent) < PacketsActive) { return false; }

        IsSpeaking = true;
        return true;
    }

    /// <summary>True if the ring goes off now.</summary>
    public bool Tick(MonotonicTime now) => now >= EndsAt && Reset();

    /// <summary>Muted or gone: the ring goes off at once. True if it was on.</summary>
    public bool Reset()
    {
        var was = IsSpeaking;
        IsSpeaking = false;
        _recent = 0;
        return was;
    }
}
