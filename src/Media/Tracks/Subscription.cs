using Calls.Media.Codecs;
using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Rtp;
using Calls.Media.Srtp;

namespace Calls.Media.Tracks;

/// <summary>How one outgoing line is written, as its receiver offered it (row RTP5).</summary>
/// <param name="Ssrc">The line's one SSRC, for life.</param>
/// <param name="PayloadType">Opus, in the receiver's numbering.</param>
/// <param name="RedType">Redundant audio around it; null if the receiver takes none.</param>
/// <param name="LevelId">The audio level extension's id; 0 if not negotiated.</param>
/// <param name="MidId">The MID extension's id; 0 if not negotiated.</param>
/// <param name="Mid">The line's MID.</param>
/// <param name="TwoByteExtensions">Whether an id or the MID needs the long form.</param>
public sealed record OutgoingFormat(
    Ssrc Ssrc,
    PayloadType PayloadType,
    PayloadType? RedType,
    int LevelId,
    int MidId,
    ReadOnlyMemory<byte> Mid,
    bool TwoByteExtensions);

/// <summary>
/// A voice line going out to one receiver: its own header on the shared payload, sealed with the receiver's key, straight
/// into lent memory.
/// </summary>
public sealed class Subscription
{
    private readonly OutgoingFormat _format;
    private readonly SrtpContext _srtp;
    private readonly int _overheadBytes;
    private SequenceRewriter _line;

    /// <summary>A line that has carried nothing.</summary>
    /// <param name="format">How it is written.</param>
    /// <param name="srtp">Seals what goes to this receiver.</param>
    /// <param name="profile">Says how much longer that makes a packet.</param>
    /// <param name="line">Where its numbers begin.</param>
    public Subscription(OutgoingFormat format, SrtpContext srtp, SrtpProfile profile, SequenceRewriter line)
    {
        _format = format;
        _srtp = srtp;
        _overheadBytes = RtpHeaderWriter.BytesMax + profile.RtpOverheadBytes;
        _line = line;
    }

    /// <summary>How it is written.</summary>
    public OutgoingFormat Format => _format;

    /// <summary>Packets sent.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of payload sent: what a sender report counts.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>Packets that did not go out on it: late, or a number used before.</summary>
    public DropCounts Drops { get; } = new();

    /// <summary>How often another voice came onto the line.</summary>
    public long Switches => _line.Switches;

    /// <summary>Has anything been sent on it?</summary>
    public bool HasBegun => _line.HasBegun;

    /// <summary>Has the key sealed all it may (row SRTP7)?</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The line's timestamp at a moment.</summary>
    public RtpTimestamp TimestampAt(MonotonicTime now) => _line.TimestampAt(now);

    /// <summary>Sends a packet on, and says how many bytes went out; 0 if it has no place on the line.</summary>
    /// <param name="packet">The packet; its payload is shared by all receivers.</param>
    /// <param name="arrivedAt">When it arrived.</param>
    /// <param name="onlyIfRoom">See <see cref="SequenceRewriter.TryPlace"/>.</param>
    /// <param name="route">Where to.</param>
    /// <param name="output">What it is written into.</param>
    internal int Forward<TOutput>(
        scoped in VoicePacket packet, MonotonicTime arrivedAt, bool onlyIfRoom, in Route route, ref TOutput output)
        where TOutput : struct, Rooms.IRoomOutput
    {
        // 7. Its SSRC, number and timestamp on this line.
        if (!_line.TryPlace(packet, arrivedAt, onlyIfRoom, out var place))
        {
            Drops.Add(DropReason.Late);
            return 0;
        }

        return _format.RedType is { } redundant && !packet.Redundant.IsEmpty
            ? SendRedundant(redundant, packet, place, route, ref output)
            : Send(_format.PayloadType, packet.Payload, packet.LevelByte, place, route, ref output);
    }

    // What was said before this stretch is somebody else's, or was not to be heard: such blocks are cut (row VOX7).
    private int SendRedundant<TOutput>(
        PayloadType type, scoped in VoicePacket packet, in OutgoingPlace place, in Route route, ref TOutput output)
        where TOutput : struct, Rooms.IRoomOutput
    {
        Span<byte> payload = stackalloc byte[PeerLimits.VoicePayloadBytesMax];
        return RedPayload.TryRead(packet.Redundant, out var red)
            ? Send(
                type,
                payload[..red.Write(_format.PayloadType, place.TicksUnbroken, payload)],
                packet.LevelByte,
                place,
                route,
                ref output)
            : 0;
    }

    private int Send<TOutput>(
        PayloadType type, scoped ReadOnlySpan<byte> payload, int levelByte, in OutgoingPlace place, in Route route, ref TOutput output)
        where TOutput : struct, Rooms.IRoomOutput
    {
        var room = output.Lend(_overheadBytes + payload.Length);
        var headerBytes = WriteHeader(room, type, levelByte, place);

        // 8. Sealed with this receiver's key.
        if (!_srtp.TryProtect(room[..headerBytes], payload, room, out var bytes, out var failure))
        {
            IsExhausted |= failure == SrtpFailure.KeyExhausted;
            if (failure == SrtpFailure.NonceReused) { Drops.Add(DropReason.NonceGuard); }

            return 0;
        }

        // 9. Into the batch.
        output.Send(route, bytes);
        Packets++;
        PayloadBytes += payload.Length;
        return bytes;
    }

    private int WriteHeader(Span<byte> room, PayloadType type, int levelByte, in OutgoingPlace place)
    {
        var writer = new RtpHeaderWriter(
            room, place.Marker, type, place.Number.Sequence, place.Timestamp, _format.Ssrc, _format.TwoByteExtensions);
        if (_format.LevelId != 0 && levelByte >= 0) { writer.TryAdd(_format.LevelId, [(byte)levelByte]); }
        if (_format.MidId != 0 && Packets < PeerLimits.PacketsWithMid) { writer.TryAdd(_format.MidId, _format.Mid.Span); }

        return writer.Finish();
    }
}
