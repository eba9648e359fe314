using System.Buffers.Binary;
using Calls.Media.Datagrams;
using Calls.Media.Rtp;

namespace Calls.Media.Srtp;

/// <summary>
/// SRTP for the RTCP packets of one direction of one session (RFC 3711 §3.4, RFC 7714 §9; row SRTP8). The index travels with each
/// packet, in a word whose top bit says that the packet is encrypted. GCM: tag, then word. Counter mode: word, then tag.
/// </summary>
public sealed class SrtcpContext
{
    /// <summary>The flag and the 31-bit index.</summary>
    public const int IndexWordBytes = 4;

    private const int HeaderBytes = 8;              // the first sub-packet's header and its sender: in the clear
    private const uint EncryptedFlag = 0x8000_0000;
    private const int Version2 = 2;

    private readonly SrtpProfile _profile;
    private readonly ISrtpCipher _cipher;
    private readonly SrtpLimits _limits;
    private readonly SrtpStreams _streams;
    private readonly bool _tagComesFirst;
    private long _sealed;

    /// <summary>Derives one direction's session keys.</summary>
    /// <param name="profile">As agreed in the handshake.</param>
    /// <param name="master">That direction's half of the keying material: see <see cref="SrtpMasterKey.Split"/>.</param>
    /// <param name="engine">Makes the cipher.</param>
    /// <param name="limits">Streams and packets.</param>
    public SrtcpContext(SrtpProfile profile, SrtpMasterKey master, ISrtpEngine engine, SrtpLimits limits)
        : this(profile, SrtpKeyDerivation.CreateCipher(profile, master, SrtpKeyDerivation.RtcpLabels, engine), limits)
    {
    }

    internal SrtcpContext(SrtpProfile profile, ISrtpCipher cipher, SrtpLimits limits)
    {
        _profile = profile;
        _cipher = cipher;
        _limits = limits;
        _streams = new SrtpStreams(limits);
        _tagComesFirst = profile == SrtpProfile.AeadAes128Gcm;
    }

    /// <summary>
    /// Opens a received compound packet in place. On success the plain packet is the first <paramref name="length"/> bytes of
    /// <paramref name="packet"/>.
    /// </summary>
    /// <param name="packet">The datagram, exactly.</param>
    /// <param name="now">The time, by which idle streams give way to new ones.</param>
    /// <param name="length">The plain packet's length; 0 if it was not opened.</param>
    /// <param name="failure">Why it was not opened. Then nothing was changed, neither the packet nor any state.</param>
    public bool TryUnprotect(Span<byte> packet, MonotonicTime now, out int length, out SrtpFailure failure)
    {
        length = 0;

        // 1. Lengths, before anything is believed.
        var textEnd = packet.Length - _profile.RtcpOverheadBytes;
        if (textEnd < HeaderBytes || packet[0] >> 6 != Version2)
        {
            failure = SrtpFailure.Malformed;
            return false;
        }

        var tagAt = _tagComesFirst ? textEnd : textEnd + IndexWordBytes;
        var word = packet.Slice(_tagComesFirst ? textEnd + _profile.TagBytes : textEnd, IndexWordBytes);
        var flagAndIndex = BinaryPrimitives.ReadUInt32BigEndian(word);
        if ((flagAndIndex & EncryptedFlag) == 0)
        {
            failure = SrtpFailure.NotEncrypted;
            return false;
        }

        // 2. New?
        var index = flagAndIndex & ~EncryptedFlag;
        var ssrc = new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(packet[4..]));
        var stream = _streams.Find(ssrc);
        failure = _streams.Refuse(stream, index, now);
        if (failure != SrtpFailure.None)
        {
            return false;
        }

        // 3. Authentic? Decrypted only then.
        if (!_cipher.TryOpen(
            ssrc, index, packet[..HeaderBytes], word, packet[HeaderBytes..textEnd], packet.Slice(tagAt, _profile.TagBytes)))
        {
            failure = SrtpFailure.NotAuthentic;
            return false;
        }

        // 4. Remember it, now that the tag held.
        _streams.Remember(stream, ssrc, index, now);
        length = textEnd;
        return true;
    }

    /// <summary>
    /// Seals a compound packet out of place. On success the protected packet is the first
    /// <c>packet +</c> <see cref="SrtpProfile.RtcpOverheadBytes"/> bytes of <paramref name="output"/>.
    /// </summary>
    /// <param name="packet">A compound packet of at least 8 bytes. Does not overlap <paramref name="output"/>.</param>
    /// <param name="output">Room for the protected packet.</param>
    /// <param name="length">The protected packet's length; 0 if it was not sealed.</param>
    /// <param name="failure">Why it was not sealed. Then nothing was written.</param>
    public bool TryProtect(ReadOnlySpan<byte> packet, Span<byte> output, out int length, out SrtpFailure failure)
    {
        length = 0;
        if (_sealed >= _limits.ControlPacketsMax)
        {
            failure = SrtpFailure.KeyExhausted;
            return false;
        }

        // One count for all streams, from 1 as every browser does: no index is used twice, whatever the sender field says.
        var index = (uint)++_sealed;
        var header = packet[..HeaderBytes];
        header.CopyTo(output);
        var tagAt = _tagComesFirst ? packet.Length : packet.Length + IndexWordBytes;
        var word = output.Slice(_tagComesFirst ? tagAt + _profile.TagBytes : packet.Length, IndexWordBytes);
        BinaryPrimitives.WriteUInt32BigEndian(word, EncryptedFlag | index);
        _cipher.Seal(
            new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(packet[4..])),
            index,
            header,
            word,
            packet[HeaderBytes..],
            output[HeaderBytes..packet.Length],
            output.Slice(tagAt, _profile.TagBytes));
        length = packet.Length + _profile.RtcpOverheadBytes;
        failure = SrtpFailure.None;
        return true;
    }
}
