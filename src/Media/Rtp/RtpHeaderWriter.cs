using System.Buffers.Binary;

namespace Calls.Media.Rtp;

/// <summary>
/// Writes the header of an outgoing packet in place: the fixed part, then extensions one by one, then <see cref="Finish"/>.
/// Headers are always written anew, so nothing of a sender's own extensions can reach a receiver.
/// </summary>
public ref struct RtpHeaderWriter
{
    /// <summary>
    /// The longest header this program writes: the fixed part, the extension block's own 4 bytes and 13 words of elements, which
    /// is more than all extensions of one line at their longest. Callers lend that much before the payload.
    /// </summary>
    public const int BytesMax = 68;

    private const int ExtensionBlockAt = RtpHeader.FixedBytes;
    private const int ElementsAt = ExtensionBlockAt + 4;
    private const int OneByteIdMax = 14;
    private const int OneByteDataMax = 16;
    private const int TwoByteDataMax = 255;
    private const byte VersionBits = 2 << 6;
    private const byte ExtensionFlag = 0x10;
    private const byte MarkerFlag = 0x80;

    private readonly Span<byte> _output;
    private readonly bool _isTwoByte;
    private int _end;

    /// <summary>Begins a header.</summary>
    /// <param name="output">Room for it, at least 12 bytes and the extensions' needs.</param>
    /// <param name="marker">See <see cref="RtpHeader.Marker"/>.</param>
    /// <param name="payloadType">In the receiver's numbering.</param>
    /// <param name="sequence">The packet's number on the receiver's line.</param>
    /// <param name="timestamp">The timestamp on the receiver's line.</param>
    /// <param name="ssrc">The line's own.</param>
    /// <param name="twoByteExtensions">Two-byte element headers; only if the receiver said <c>extmap-allow-mixed</c> or needs them.</param>
    public RtpHeaderWriter(
        Span<byte> output,
        bool marker,
        PayloadType payloadType,
        SequenceNumber sequence,
        RtpTimestamp timestamp,
        Ssrc ssrc,
        bool twoByteExtensions = false)
    {
        _output = output;
        _isTwoByte = twoByteExtensions;
        _end = ElementsAt;
        output[0] = VersionBits;
        output[1] = (byte)((marker ? MarkerFlag : 0) | payloadType.Value);
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], timestamp.Value);
        BinaryPrimitives.WriteUInt32BigEndian(output[8..], ssrc.Value);
    }

    /// <summary>
    /// Adds an extension. False, and nothing is added, if the form cannot carry it (one-byte: ids 1 to 14, 1 to 16 bytes;
    /// two-byte: ids 1 to 255, 0 to 255 bytes) or the room is used up.
    /// </summary>
    public bool TryAdd(int id, scoped ReadOnlySpan<byte> data)
    {
        var fits = _isTwoByte
            ? id is > 0 and <= byte.MaxValue && data.Length <= TwoByteDataMax
            : id is > 0 and <= OneByteIdMax && data.Length is > 0 and <= OneByteDataMax;
        var headerBytes = _isTwoByte ? 2 : 1;
        if (!fits || RoundUpToWord(_end + headerBytes + data.Length) > _output.Length)
        {
            return false;
        }

        if (_isTwoByte)
        {
            _output[_end] = (byte)id;
            _output[_end + 1] = (byte)data.Length;
        }
        else
        {
            _output[_end] = (byte)((id << 4) | (data.Length - 1));
        }

        data.CopyTo(_output[(_end + headerBytes)..]);
        _end += headerBytes + data.Length;
        return true;
    }

    /// <summary>Ends the header and returns its length: where the payload goes.</summary>
    public readonly int Finish()
    {
        if (_end == ElementsAt)
        {
            return RtpHeader.FixedBytes;
        }

        var end = RoundUpToWord(_end);
        _output[_end..end].Clear();
        _output[0] |= ExtensionFlag;
        var profile = _isTwoByte ? RtpHeaderExtensions.TwoByteProfile : RtpHeaderExtensions.OneByteProfile;
        BinaryPrimitives.WriteUInt16BigEndian(_output[ExtensionBlockAt..], profile);
        BinaryPrimitives.WriteUInt16BigEndian(_output[(ExtensionBlockAt + 2)..], (ushort)((end - ElementsAt) / 4));
        return end;
    }

    private static int RoundUpToWord(int bytes) => (bytes + 3) & ~3;
}
