using Calls.Media.Datagrams;
using Calls.Media.Rtp;

namespace Calls.Media.Tracks;

/// <summary>
/// One outgoing line of numbers and timestamps, continuous for life, fed by many streams in turn (rows RTP6, RTP7, VOX7).
/// What was left out on purpose leaves no hole, what was lost does; a number goes out once or never.
/// </summary>
public struct SequenceRewriter
{
    private const int TicksPerFrame = 960;              // 20 ms of Opus: the least a switch moves the time on
    private const int SegmentsKept = 4;                 // stretches of the present stream that late packets may belong to

    private SegmentRing _segments;
    private int _segmentCount;
    private long _stream;
    private uint _stretch;
    private uint _ticksAhead;
    private ExtendedSequence _highestIn;
    private ExtendedSequence _highestOut;
    private RtpTimestamp _lastTimestamp;
    private RtpTimestamp _began;
    private MonotonicTime _lastAt;

    /// <summary>A line that has carried nothing.</summary>
    /// <param name="first">Its first number. Below 32,768, so that losing the first packets cannot hide a wrap.</param>
    /// <param name="firstTimestamp">Its first timestamp.</param>
    public SequenceRewriter(SequenceNumber first, RtpTimestamp firstTimestamp)
    {
        _highestOut = new ExtendedSequence(first.Value - 1L);
        _lastTimestamp = firstTimestamp.Add(-TicksPerFrame);
        _lastAt = MonotonicTime.Never;
        _stream = -1;
    }

    /// <summary>How often the line went over to another stream.</summary>
    public long Switches { get; private set; }

    /// <summary>The stream on the line now; −1 before the first.</summary>
    public readonly long Stream => _stream;

    /// <summary>Has the line carried anything yet?</summary>
    public readonly bool HasBegun => _stream >= 0;

    /// <summary>The line's timestamp at a moment, for a sender report.</summary>
    public readonly RtpTimestamp TimestampAt(MonotonicTime now) => _lastTimestamp.Add((int)TicksSinceLast(now));

    /// <summary>
    /// Finds a packet's number and timestamp on this line. False if it has none there: it is late and its place belongs to
    /// another stream or to a stretch left out.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="arrivedAt">When it arrived, which may lie a little back.</param>
    /// <param name="onlyIfRoom">Refuse a switch for which the line has no time to spare, instead of moving it on by one frame.</param>
    /// <param name="place">The numbers that are its own.</param>
    public bool TryPlace(scoped in VoicePacket packet, MonotonicTime arrivedAt, bool onlyIfRoom, out OutgoingPlace place)
    {
        place = default;
        var begins = packet.Stream != _stream;
        if (begins)
        {
            if (!TrySwitch(packet, arrivedAt, onlyIfRoom)) { return false; }
        }
        else if (onlyIfRoom && packet.Sequence <= _highestIn)
        {
            return false;   // it went out when it was new
        }
        else if (packet.Stretch != _stretch && packet.Sequence > _highestIn)
        {
            begins = true;
            Resume(packet, arrivedAt);
        }

        if (!TryFindNumber(packet.Sequence, out var number)) { return false; }

        var timestamp = new RtpTimestamp(unchecked(packet.Timestamp.Value + _ticksAhead));
        if (begins) { _began = timestamp; }
        if (packet.Sequence > _highestIn || begins)
        {
            _highestIn = packet.Sequence;
            _highestOut = number;
            _lastTimestamp = timestamp;
            _lastAt = arrivedAt;
        }

        place = new OutgoingPlace(number, timestamp, packet.Marker || begins, Math.Max(timestamp.Since(_began), 0));
        return true;
    }

    private readonly long TicksSinceLast(MonotonicTime now) =>
        _lastAt == MonotonicTime.Never ? TicksPerFrame : TicksIn(now.Microseconds - _lastAt.Microseconds);

    private static long TicksIn(long microseconds) => microseconds * RtpTimestamp.OpusTicksPerSecond / 1_000_000;

    // Another stream: number +1, time as much later as time has passed, at least one frame.
    private bool TrySwitch(scoped in VoicePacket packet, MonotonicTime arrivedAt, bool onlyIfRoom)
    {
        var elapsed = TicksSinceLast(arrivedAt);
        if (onlyIfRoom && elapsed < TicksPerFrame) { return false; }

        if (HasBegun) { Switches++; }
        _stream = packet.Stream;
        SetTime(packet.Timestamp, Math.Max(elapsed, TicksPerFrame));
        _segmentCount = 0;
        BeginSegment(packet);
        return true;
    }

    // The same stream after a pause of our making: numbers close up, its own clock has moved on.
    private void Resume(scoped in VoicePacket packet, MonotonicTime arrivedAt)
    {
        var moved = new RtpTimestamp(unchecked(packet.Timestamp.Value + _ticksAhead)).Since(_lastTimestamp);
        if (moved < TicksPerFrame) { SetTime(packet.Timestamp, Math.Max(TicksSinceLast(arrivedAt), TicksPerFrame)); }

        BeginSegment(packet);
    }

    private void SetTime(RtpTimestamp incoming, long ticksOn) =>
        _ticksAhead = unchecked(_lastTimestamp.Value + (uint)ticksOn - incoming.Value);

    private void BeginSegment(scoped in VoicePacket packet)
    {
        if (_segmentCount > 0) { _segments[0].Last = _highestIn; }

        for (var i = Math.Min(_segmentCount, SegmentsKept - 1); i > 0; i--) { _segments[i] = _segments[i - 1]; }

        _segments[0] = new Segment { First = packet.Sequence, Last = ExtendedSequence.Highest, Ahead = _highestOut.Next.Since(packet.Sequence) };
        _segmentCount = Math.Min(_segmentCount + 1, SegmentsKept);
        _stretch = packet.Stretch;
    }

    private readonly bool TryFindNumber(ExtendedSequence incoming, out ExtendedSequence number)
    {
        for (var i = 0; i < _segmentCount; i++)
        {
            ref readonly var segment = ref _segments[i];
            if (incoming < segment.First) { continue; }

            number = new ExtendedSequence(incoming.Value + segment.Ahead);
            return incoming <= segment.Last;
        }

        number = default;
        return false;
    }

    private struct Segment
    {
        public ExtendedSequence First;
        public ExtendedSequence Last;
        public long Ahead;
    }

    [System.Runtime.CompilerServices.InlineArray(SegmentsKept)]
    private struct SegmentRing
    {
        private Segment _first;
    }
}

/// <summary>A packet's own place on an outgoing line.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Timestamp">Its timestamp.</param>
/// <param name="Marker">Is it the first after a silence or a switch?</param>
/// <param name="TicksUnbroken">For how long the line has carried this stretch; 0 for a late packet of an earlier one.</param>
public readonly record struct OutgoingPlace(ExtendedSequence Number, RtpTimestamp Timestamp, bool Marker, int TicksUnbroken);
