using Calls.Media.Datagrams;
using Calls.Media.Peers;

namespace Calls.Media.Tracks;

/// <summary>
/// The last few voice packets that were not sent on. When their voice gets its slot, the beginning of the word goes with it
/// (row VOX4). Room is made when first needed, and then kept.
/// </summary>
public sealed class LookBack
{
    /// <summary>Older packets are of another word: 3 frames of 60 ms and some jitter.</summary>
    private static readonly TimeSpan s_ageMax = TimeSpan.FromMilliseconds(200);

    private readonly Kept[] _kept = new Kept[PeerLimits.LookBackPackets];
    private byte[]? _bytes;
    private int _next;

    /// <summary>The number of packets kept.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a packet, in place of the oldest. One that is too large costs what was kept: there must be no hole.</summary>
    public void Keep(scoped in VoicePacket packet, MonotonicTime arrivedAt)
    {
        if (packet.Payload.Length > PeerLimits.LookBackBytesMax)
        {
            Clear();
            return;
        }

        _bytes ??= new byte[PeerLimits.LookBackPackets * PeerLimits.LookBackBytesMax];
        packet.Payload.CopyTo(_bytes.AsSpan(_next * PeerLimits.LookBackBytesMax));
        _kept[_next] = new Kept
        {
            Stream = packet.Stream,
            Sequence = packet.Sequence,
            Timestamp = packet.Timestamp,
            Marker = packet.Marker,
            LevelByte = packet.LevelByte,
            PayloadBytes = packet.Payload.Length,
            ArrivedAt = arrivedAt,
        };
        _next = (_next + 1) % _kept.Length;
        Count = Math.Min(Count + 1, _kept.Length);
    }

    /// <summary>Forgets what was kept.</summary>
    public void Clear() => Count = 0;

    /// <summary>
    /// Gives a kept packet, the oldest first, as part of the stretch that begins now. False if it is too old, of another stream or
    /// not from before <paramref name="present"/>.
    /// </summary>
    public bool TryGet(int at, scoped in VoicePacket present, MonotonicTime now, out VoicePacket packet, out MonotonicTime arrivedAt)
    {
        var slot = (_next - Count + at + _kept.Length) % _kept.Length;
        ref readonly var kept = ref _kept[slot];
        arrivedAt = kept.ArrivedAt;
        packet = new VoicePacket
        {
            Stream = kept.Stream,
            Stretch = present.Stretch,
            Sequence = kept.Sequence,
            Timestamp = kept.Timestamp,
            Marker = kept.Marker,
            LevelByte = kept.LevelByte,
            Payload = _bytes.AsSpan(slot * PeerLimits.LookBackBytesMax, kept.PayloadBytes),
        };
        return kept.Stream == present.Stream && kept.Sequence < present.Sequence && now - arrivedAt <= s_ageMax;
    }

    private struct Kept
    {
        public long Stream;
        public Rtp.ExtendedSequence Sequence;
        public Rtp.RtpTimestamp Timestamp;
        public bool Marker;
        public int LevelByte;
        public int PayloadBytes;
        public MonotonicTime ArrivedAt;
    }
}
