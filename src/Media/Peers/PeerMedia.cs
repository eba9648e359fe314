using Calls.Media.Codecs;
using Calls.Media.Datagrams;
using Calls.Media.Rtp;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.Media.Tracks;

namespace Calls.Media.Peers;

/// <summary>
/// What a peer can do once the handshake has given it keys: open the client's packets and reports, and hold the lines that
/// go to it.
/// </summary>
internal sealed class PeerMedia
{
    private readonly PeerLines _lines;
    private readonly PeerKeys _keys;
    private readonly MediaCounters _counters;
    private uint _rolesSeen;

    public PeerMedia(PeerLines lines, PeerKeys keys, PeerOffers offers, MediaCounters counters, IncomingStreams streams)
    {
        _lines = lines;
        _keys = keys;
        _counters = counters;
        Streams = streams;
        Reports = new PeerReports(lines, offers.ReportSsrc, counters.Samples);
        Voices = Array.ConvertAll(
            lines.Voices, line => new Subscription(line.Format, keys.RtpOut, keys.Profile, offers.NewNumberLine()));
    }

    public SrtpProfile Profile => _keys.Profile;

    /// <summary>The voice slots the client receives, in their order.</summary>
    public Subscription[] Voices { get; }

    public IncomingStreams Streams { get; }

    public PeerReports Reports { get; }

    public PeerLines Lines => _lines;

    /// <summary>Opens a packet. True if it is of the client's voice; <paramref name="first"/> is a role seen for the first time.</summary>
    public bool Open(Span<byte> datagram, Publication voice, MonotonicTime now, out VoicePacket packet, out LineRole first)
    {
        packet = default;
        first = LineRole.None;

        // 4. Authentic and new? Then it is decrypted, once. Muted or not: the numbers must stay known (row SRTP3).
        if (!_keys.RtpIn.TryUnprotect(datagram, now, out var length, out var failure)) { return Drop(ReasonOf(failure)); }

        Span<byte> plain = datagram[..length];
        if (!RtpHeader.TryRead(plain, out var header) || !header.TryReadPayload(plain, out var payload))
        {
            return Drop(DropReason.Malformed);
        }

        if (Streams.Bind(header, now) is not { } stream) { return Drop(DropReason.Unbound); }

        var role = stream.Line.Role;
        var sequence = stream.Reception.Receive(header.Sequence, header.Timestamp, now);
        _counters.CountIn(TrafficOf(role), datagram.Length);
        if ((_rolesSeen & (1u << (int)role)) == 0)
        {
            _rolesSeen |= 1u << (int)role;
            first = role;
        }

        // A screen's packets have nowhere to go yet. A stream that another has followed on its line is over.
        if (role != LineRole.VoiceOut) { return Drop(DropReason.NotPermitted); }
        if (stream != Streams.Voice || !TryUnwrap(stream.Line, header.PayloadType, ref payload, out var redundant))
        {
            return Refuse(voice, DropReason.Unbound);
        }

        if (payload.Length > PeerLimits.VoicePayloadBytesMax) { return Refuse(voice, DropReason.TooBig); }

        packet = new VoicePacket
        {
            Stream = stream.Number,
            Sequence = sequence,
            Timestamp = header.Timestamp,
            Marker = header.Marker,
            LevelByte = LevelOf(header, stream.Line.LevelId),
            Payload = payload,
            Redundant = redundant,
        };
        return true;
    }

    /// <summary>Opens reports and takes them.</summary>
    public void OpenReports(Span<byte> datagram, MonotonicTime now)
    {
        _counters.CountIn(TrafficKind.Rtcp, datagram.Length);
        if (!_keys.RtcpIn.TryUnprotect(datagram, now, out var length, out var failure)) { Drop(ReasonOf(failure)); }
        else if (!Reports.TryRead(datagram[..length], Streams, now)) { Drop(DropReason.Malformed); }
    }

    /// <summary>Sends reports, or the goodbye.</summary>
    public void SendReports<TOutput>(bool isLast, in Route route, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        Span<byte> packet = stackalloc byte[PeerReports.BytesMax];
        var length = isLast ? Reports.WriteGoodbye(packet, Voices, now) : Reports.Write(packet, Voices, Streams, now);
        var room = output.Lend(length + _keys.Profile.RtcpOverheadBytes);
        if (!_keys.RtcpOut.TryProtect(packet[..length], room, out var bytes, out _)) { return; }

        output.Send(route, bytes);
        _counters.CountOut(TrafficKind.Rtcp, 1, bytes);
    }

    // The primary block is what is judged, and what most listeners are sent; the whole is for those who take it.
    private static bool TryUnwrap(
        IncomingLine line, PayloadType type, scoped ref ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> redundant)
    {
        redundant = default;
        if (line.RedType == type)
        {
            if (!RedPayload.TryRead(payload, out var red)) { return false; }

            if (payload.Length <= PeerLimits.VoicePayloadBytesMax) { redundant = payload; }

            type = red.PrimaryType;
            payload = red.Primary;
        }

        return line.Has(type);
    }

    private bool Refuse(Publication voice, DropReason reason)
    {
        voice.Refuse(reason);
        return Drop(reason);
    }

    private bool Drop(DropReason reason)
    {
        _counters.Drops.Add(reason);
        return false;
    }

    private static int LevelOf(scoped in RtpHeader header, int id) =>
        id != 0 && header.Extensions.TryFind(id, out var level) && !level.IsEmpty ? level[0] : -1;

    private static DropReason ReasonOf(SrtpFailure failure) => failure switch
    {
        SrtpFailure.Malformed => DropReason.Malformed,
        SrtpFailure.Replayed => DropReason.Replay,
        SrtpFailure.TooManyStreams => DropReason.Unbound,
        _ => DropReason.SrtpAuth,
    };

    private static TrafficKind TrafficOf(LineRole role) => role switch
    {
        LineRole.ScreenVideoOut => TrafficKind.Screen,
        LineRole.ScreenAudioOut => TrafficKind.ScreenAudio,
        _ => TrafficKind.Voice,
    };
}
