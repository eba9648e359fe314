using Calls.Media.Datagrams;

namespace Calls.Media.Rtp;

/// <summary>How a stream arrived since the last report, in the units of a report block (RFC 3550 §6.4.1).</summary>
/// <param name="FractionLost">Packets lost since the last report, in 1/256 of those expected.</param>
/// <param name="CumulativeLost">Packets lost since the beginning; negative if duplicates outnumber losses.</param>
/// <param name="HighestSequence">The highest sequence number received, with its rollovers in the upper half.</param>
/// <param name="Jitter">Variation of the transit time, in ticks of the stream's clock.</param>
public readonly record struct ReceptionReport(byte FractionLost, int CumulativeLost, uint HighestSequence, uint Jitter);

/// <summary>
/// Counts what arrives of one stream (RFC 3550 appendices A.3 and A.8; row RTCP3). Loss is counted by sequence numbers alone and jitter
/// by arrival against timestamp, so a pause in speech is neither: a sender that transmits discontinuously skips time, not
/// numbers (row RTP10).
/// </summary>
/// <param name="ticksPerSecond">The stream's clock rate.</param>
public sealed class ReceptionStatistics(int ticksPerSecond)
{
    private const int JitterGain = 16;             // RFC 3550 §6.4.1
    private const int FractionUnits = 256;

    private ExtendedSequence? _first;
    private ExtendedSequence _highest;
    private long _received;
    private long _expectedBefore;
    private long _receivedBefore;
    private long _lastTransitTicks;
    private RtpTimestamp _lastTimestamp;
    private long _unwrappedTimestamp;
    private double _jitterTicks;

    /// <summary>Packets received, duplicates included.</summary>
    public long Received => _received;

    /// <summary>Variation of the time packets take, smoothed.</summary>
    public TimeSpan Jitter => TimeSpan.FromSeconds(_jitterTicks / ticksPerSecond);

    /// <summary>Packets lost since the beginning; negative if duplicates outnumber losses.</summary>
    public long Lost => Expected - _received;

    /// <summary>Packets that should have come so far.</summary>
    public long Expected => _first is { } first ? _highest.Since(first) + 1 : 0;

    /// <summary>Counts one authentic packet, and gives its number in the stream.</summary>
    public ExtendedSequence Receive(SequenceNumber sequence, RtpTimestamp timestamp, MonotonicTime now)
    {
        _received++;
        if (_first is null)
        {
            _first = _highest = ExtendedSequence.First(sequence);
            _lastTimestamp = timestamp;
            _lastTransitTicks = ToTicks(now);
            return _highest;
        }

        var number = _highest.Nearest(sequence);
        _first = number < _first ? number : _first;
        _highest = number > _highest ? number : _highest;

        _unwrappedTimestamp += timestamp.Since(_lastTimestamp);
        _lastTimestamp = timestamp;
        var transit = ToTicks(now) - _unwrappedTimestamp;
        _jitterTicks += (Math.Abs(transit - _lastTransitTicks) - _jitterTicks) / JitterGain;
        _lastTransitTicks = transit;
        return number;
    }

    /// <summary>The report on what arrived since the last one was taken.</summary>
    public ReceptionReport TakeReport()
    {
        var (expected, received) = (Expected - _expectedBefore, _received - _receivedBefore);
        (_expectedBefore, _receivedBefore) = (Expected, _received);
        var fraction = expected <= 0 ? 0 : Math.Clamp((expected - received) * FractionUnits / expected, 0, FractionUnits - 1);
        return new ReceptionReport((byte)fraction, (int)Lost, unchecked((uint)_highest.Value), (uint)_jitterTicks);
    }

    private long ToTicks(MonotonicTime time) => time.Microseconds * ticksPerSecond / 1_000_000;
}
