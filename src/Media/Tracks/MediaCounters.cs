using Calls.Media.Peers;

namespace Calls.Media.Tracks;

/// <summary>What a packet is, in counts.</summary>
public enum TrafficKind : byte
{
    /// <summary>A voice.</summary>
    Voice,

    /// <summary>A screen's pictures.</summary>
    Screen,

    /// <summary>A screen's sound.</summary>
    ScreenAudio,

    /// <summary>RTCP.</summary>
    Rtcp,

    /// <summary>STUN.</summary>
    Stun,

    /// <summary>DTLS.</summary>
    Dtls,
}

/// <summary>
/// The counts of all rooms of one thread. That thread alone adds to them; who reads them from elsewhere may be a few packets
/// behind.
/// </summary>
public sealed class MediaCounters
{
    private const int Kinds = (int)TrafficKind.Dtls + 1;

    private readonly long[] _packetsIn = new long[Kinds];
    private readonly long[] _bytesIn = new long[Kinds];
    private readonly long[] _packetsOut = new long[Kinds];
    private readonly long[] _bytesOut = new long[Kinds];
    private readonly int[] _sessions = new int[(int)SessionProgress.Ended + 1];

    /// <summary>Packets that ended here.</summary>
    public DropCounts Drops { get; } = new();

    /// <summary>Single measurements that the thread has not passed on yet.</summary>
    public MediaSamples Samples { get; } = new();

    /// <summary>Voice packets that went on to anybody; how many copies there were is <see cref="PacketsOut"/>.</summary>
    public long VoicesForwarded { get; internal set; }

    /// <summary>How often a voice slot went to another voice.</summary>
    public long SlotSwitches { get; internal set; }

    /// <summary>How often somebody began or stopped being shown as speaking.</summary>
    public long SpeakingChanges { get; internal set; }

    /// <summary>How often a session came back by an ICE restart.</summary>
    public long IceRestarts { get; internal set; }

    /// <summary>How often a session moved to another address.</summary>
    public long IceMoves { get; internal set; }

    /// <summary>How often checks stayed away for long enough to stop sending.</summary>
    public long ConsentLost { get; internal set; }

    /// <summary>Handshakes that failed, for whatever reason.</summary>
    public long HandshakeFailures { get; internal set; }

    /// <summary>Packets of that kind that came.</summary>
    public long PacketsIn(TrafficKind kind) => _packetsIn[(int)kind];

    /// <summary>Bytes of that kind that came, as datagrams' payload.</summary>
    public long BytesIn(TrafficKind kind) => _bytesIn[(int)kind];

    /// <summary>Packets of that kind that went out.</summary>
    public long PacketsOut(TrafficKind kind) => _packetsOut[(int)kind];

    /// <summary>Bytes of that kind that went out.</summary>
    public long BytesOut(TrafficKind kind) => _bytesOut[(int)kind];

    /// <summary>Sessions that are so far; nobody counts the ended.</summary>
    public int Sessions(SessionProgress progress) => _sessions[(int)progress];

    internal void CountSession(SessionProgress from, SessionProgress to)
    {
        _sessions[(int)from]--;
        _sessions[(int)to]++;
    }

    internal void CountIn(TrafficKind kind, int bytes)
    {
        _packetsIn[(int)kind]++;
        _bytesIn[(int)kind] += bytes;
    }

    internal void CountOut(TrafficKind kind, long packets, long bytes)
    {
        _packetsOut[(int)kind] += packets;
        _bytesOut[(int)kind] += bytes;
    }
}
