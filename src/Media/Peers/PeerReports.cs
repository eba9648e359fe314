using Calls.Media.Datagrams;
using Calls.Media.Rtcp;
using Calls.Media.Rtp;
using Calls.Media.Sdp;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>
/// RTCP of one session. Reports end here and begin here (row RTCP3): what the client is told about its voice is our own count, what
/// it gets with a slot is our own clock and the slot's own timestamps.
/// </summary>
/// <param name="lines">The session's lines.</param>
/// <param name="own">Our SSRC in reports where no slot speaks for us.</param>
/// <param name="samples">Takes what the reports of both sides say.</param>
internal sealed class PeerReports(PeerLines lines, Ssrc own, MediaSamples samples)
{
    /// <summary>A compound packet with 8 slots, their names and 31 blocks has 1,136 bytes.</summary>
    public const int BytesMax = 1_200;

    private const double FractionUnits = 256;   // RFC 3550 §6.4.1

    private static readonly byte[] s_ownName = "node"u8.ToArray();

    private readonly LineFeedback[] _feedback = new LineFeedback[lines.Voices.Length];

    /// <summary>Round trip to the client, from its last report on a slot.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>What the client says of a slot.</summary>
    public LineFeedback FeedbackOn(int slot) => _feedback[slot];

    /// <summary>Writes what is due: a report per slot that has begun, blocks on what came in, names.</summary>
    public int Write(Span<byte> packet, ReadOnlySpan<Subscription> voices, IncomingStreams streams, MonotonicTime now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[ReportBlock.PerReportMax];
        var count = 0;
        foreach (var stream in streams.All)
        {
            if (count < blocks.Length && stream.TryReport(now, out blocks[count])) { Sample(stream, blocks[count++]); }
        }

        return WriteReports(packet, voices, blocks[..count], now);
    }

    /// <summary>Writes the end of all our streams; only when the session closes (row RTCP9).</summary>
    public int WriteGoodbye(Span<byte> packet, ReadOnlySpan<Subscription> voices, MonotonicTime now)
    {
        var at = WriteReports(packet, voices, [], now);
        Span<uint> sources = stackalloc uint[voices.Length + 1];
        var count = 0;
        foreach (var voice in voices) { sources[count++] = voice.Format.Ssrc.Value; }

        if (count == 0) { sources[count++] = own.Value; }
        return at + Goodbye.Write(packet[at..], sources[..count]);
    }

    /// <summary>Takes a client's compound packet that has been opened. False if it is malformed.</summary>
    public bool TryRead(ReadOnlySpan<byte> compound, IncomingStreams streams, MonotonicTime now)
    {
        if (!RtcpReader.TryRead(compound, lines.ReducedSizeReports, out var reader)) { return false; }

        foreach (var packet in reader)
        {
            if (SenderReport.TryRead(packet, out var report, out var blocks))
            {
                streams.Find(new Ssrc(report.Sender))?.Note(report.Time, now);
                ReadBlocks(blocks, now);
            }
            else if (ReceiverReport.TryRead(packet, out _, out blocks))
            {
                ReadBlocks(blocks, now);
            }
            else if (Goodbye.TryRead(packet, out var goodbye))
            {
                for (var i = 0; i < goodbye.Count; i++)
                {
                    if (streams.Find(new Ssrc(goodbye[i])) is { } ended) { streams.Forget(ended); }
                }
            }
        }

        return true;
    }

    private int WriteReports(
        Span<byte> packet, ReadOnlySpan<Subscription> voices, scoped ReadOnlySpan<ReportBlock> blocks, MonotonicTime now)
    {
        var at = 0;
        var clock = NtpTime.From(now);
        foreach (var voice in voices)
        {
            if (!voice.HasBegun) { continue; }

            var report = new SenderReport(
                voice.Format.Ssrc.Value,
                clock,
                voice.TimestampAt(now).Value,
                unchecked((uint)voice.Packets),
                unchecked((uint)voice.PayloadBytes));
            at += report.Write(packet[at..], at == 0 ? blocks : []);
        }

        if (at == 0)
        {
            at += new ReceiverReport(own.Value).Write(packet, blocks);
            return at + SourceDescription.Write(packet[at..], own.Value, s_ownName);
        }

        for (var i = 0; i < voices.Length; i++)
        {
            if (voices[i].HasBegun)
            {
                at += SourceDescription.Write(packet[at..], voices[i].Format.Ssrc.Value, lines.Voices[i].CanonicalName);
            }
        }

        return at;
    }

    private void Sample(IncomingStream stream, in ReportBlock block)
    {
        if (stream.Line.Role != LineRole.VoiceOut) { return; }

        samples.Add(MediaSampleKind.LossIn, block.FractionLost / FractionUnits);
        samples.Add(MediaSampleKind.JitterIn, stream.Reception.Jitter);
    }

    // Feedback reaches only what this session's own lines carry (row RTCP9).
    private void ReadBlocks(ReportBlocks blocks, MonotonicTime now)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            for (var slot = 0; slot < lines.Voices.Length; slot++)
            {
                if (lines.Voices[slot].Format.Ssrc.Value != block.Source) { continue; }

                var feedback = new LineFeedback(block.FractionLost / FractionUnits, block.CumulativeLost, block.Jitter);
                _feedback[slot] = feedback;
                samples.Add(MediaSampleKind.LossOut, feedback.Loss);
                samples.Add(MediaSampleKind.JitterOut, feedback.Jitter);
                if (block.RoundTrip(NtpTime.From(now)) is not { } roundTrip) { continue; }

                RoundTrip = roundTrip;
                samples.Add(MediaSampleKind.RoundTrip, roundTrip);
            }
        }
    }
}

/// <summary>How the client says it receives a slot.</summary>
/// <param name="Loss">Share lost lately, 0 to 1.</param>
/// <param name="Lost">Packets lost since the beginning.</param>
/// <param name="JitterTicks">In ticks of the codec's clock.</param>
internal readonly record struct LineFeedback(double Loss, int Lost, uint JitterTicks)
{
    public TimeSpan Jitter => TimeSpan.FromSeconds((double)JitterTicks / RtpTimestamp.OpusTicksPerSecond);
}
