using Calls.Media.Datagrams;
using Calls.Media.Rtcp;
using Calls.Media.Rtp;
using Calls.Media.Sdp;

namespace Calls.Media.Peers;

/// <summary>One incoming SSRC, bound to its line.</summary>
internal sealed class IncomingStream(Ssrc ssrc, IncomingLine line, long number)
{
    private const int VideoTicksPerSecond = 90_000;

    private uint _lastReport;
    private MonotonicTime _lastReportAt;
    private long _receivedAtReport;

    public Ssrc Ssrc { get; } = ssrc;

    public IncomingLine Line { get; } = line;

    /// <summary>Its number among all streams of the room, never used again.</summary>
    public long Number { get; } = number;

    public ReceptionStatistics Reception { get; } = new(
        line.Role == LineRole.ScreenVideoOut ? VideoTicksPerSecond : RtpTimestamp.OpusTicksPerSecond);

    public MonotonicTime LastAt { get; set; }

    /// <summary>A sender report of its client came.</summary>
    public void Note(NtpTime time, MonotonicTime now)
    {
        _lastReport = time.Middle;
        _lastReportAt = now;
    }

    /// <summary>What a report says of it, if anything came since the last one.</summary>
    public bool TryReport(MonotonicTime now, out ReportBlock block)
    {
        block = default;
        if (Reception.Received == _receivedAtReport) { return false; }

        _receivedAtReport = Reception.Received;
        var report = Reception.TakeReport();
        block = new ReportBlock(
            Ssrc.Value,
            report.FractionLost,
            report.CumulativeLost,
            report.HighestSequence,
            report.Jitter,
            _lastReport,
            _lastReport == 0 ? 0 : NtpTime.ToUnits(now - _lastReportAt));
        return true;
    }
}
