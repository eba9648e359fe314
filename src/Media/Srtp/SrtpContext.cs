using System.Buffers.Binary;
using Calls.Media.Datagrams;
using Calls.Media.Rtp;

namespace Calls.Media.Srtp;

/// <summary>
/// SRTP for the RTP packets of one direction of one session: it either seals what we send or opens what the peer sends, never
/// both. It knows each stream's numbers; the arithmetic is its <see cref="ISrtpCipher"/>'s.
/// </summary>
public sealed class SrtpContext
{
    private const int RolloverBytes = 4;

    private readonly SrtpProfile _profile;
    private readonly ISrtpCipher _cipher;
    private readonly SrtpLimits _limits;
    private readonly SrtpStreams _streams;
    private readonly bool _authenticatesRollover;
    private long _sealed;

    /// <summary>Derives one direction's session keys.</summary>
    /// <param name="profile">As agreed in the handshake.</param>
    /// <param name="master">That direction's half of the keying material: see <see cref="SrtpMasterKey.Split"/>.</param>
    /// <param name="engine">Makes the cipher.</param>
    /// <param name="limits">Streams and packets.</param>
    public SrtpContext(SrtpProfile profile, SrtpMasterKey master, ISrtpEngine engine, SrtpLimits limits)
        : this(profile, SrtpKeyDerivation.CreateCipher(profile, master, SrtpKeyDerivation.RtpLabels, engine), limits)
    {
    }

    internal SrtpContext(SrtpProfile profile, ISrtpCipher cipher, SrtpLimits limits)
    {
        _profile = profile;
        _cipher = cipher;
        _limits = limits;
        _streams = new SrtpStreams(limits);
        _authenticatesRollover = profile == SrtpProfile.Aes128CmSha1;   // GCM has the rollover in its initial vector
    }

    /// <summary>
    /// Opens a received packet in place: authentic, new, decrypted once. On success the plain packet is the first
    /// <paramref name="length"/> bytes of <paramref name="packet"/>, its header as it came.
    /// </summary>
    /// <param name="packet">The datagram, exactly.</param>
    /// <param name="now">The time, by which idle streams give way to new ones.</param>
    /// <param name="length">The plain packet's length; 0 if it was not opened.</param>
    /// <param name="failure">Why it was not opened. Then nothing was changed, neither the packet nor any state.</param>
    public bool TryUnprotect(Span<byte> packet, MonotonicTime now, out int length, out SrtpFailure failure)
    {
        length = 0;

        // 1. Lengths, before anything is believed.
        if (!RtpHeader.TryRead(packet, out var header) || packet.Length < header.Bytes + _profile.TagBytes)
        {
            failure = SrtpFailure.Malformed;
            return false;
        }

        // 2. New? A stream without state starts unwrapped.
        var stream = _streams.Find(header.Ssrc);
        var index = stream?.Guess(header.Sequence) ?? ExtendedSequence.First(header.Sequence);
        failure = _streams.Refuse(stream, index.Value, now);
        if (failure != SrtpFailure.None)
        {
            return false;
        }

        // 3. Authentic? Decrypted only then.
        Span<byte> rollover = stackalloc byte[RolloverBytes];
        var tagAt = packet.Length - _profile.TagBytes;
        if (index > ExtendedSequence.Highest
            || !_cipher.TryOpen(
                header.Ssrc,
                index.Value,
                packet[..header.Bytes],
                TrailerFor(index, rollover),
                packet[header.Bytes..tagAt],
                packet[tagAt..]))
        {
            failure = SrtpFailure.NotAuthentic;
            return false;
        }

        // 4. Remember it, now that the tag held (row SRTP2).
        _streams.Remember(stream, header.Ssrc, index.Value, now);
        length = tagAt;
        return true;
    }

    /// <summary>
    /// Seals a packet out of place: many receivers share one plaintext. On success the protected packet is the first
    /// <c>header + payload +</c> <see cref="SrtpProfile.RtpOverheadBytes"/> bytes of <paramref name="output"/>.
    /// </summary>
    /// <param name="header">The receiver's own header, as <see cref="RtpHeaderWriter"/> wrote it.</param>
    /// <param name="payload">What follows it, padding included. Does not overlap <paramref name="output"/>.</param>
    /// <param name="output">Room for the packet.</param>
    /// <param name="length">The protected packet's length; 0 if it was not sealed.</param>
    /// <param name="failure">Why it was not sealed. Then nothing was written.</param>
    public bool TryProtect(
        ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> output, out int length, out SrtpFailure failure)
    {
        length = 0;
        var sequence = new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(header[2..]));
        var ssrc = new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(header[8..]));

        var stream = _streams.Find(ssrc);
        if (stream is null)
        {
            if (!_streams.HasRoom)
            {
                failure = SrtpFailure.TooManyStreams;
                return false;
            }

            stream = _streams.Add(ssrc);
        }

        var index = stream.Guess(sequence);
        if (index > ExtendedSequence.Highest || _sealed >= _limits.PacketsMax)
        {
            failure = SrtpFailure.KeyExhausted;
            return false;
        }

        if (!stream.Window.IsNew(index.Value))
        {
            failure = SrtpFailure.NonceReused;
            return false;
        }

        stream.Window.Accept(index.Value);
        _sealed++;

        Span<byte> rollover = stackalloc byte[RolloverBytes];
        header.CopyTo(output);
        _cipher.Seal(
            ssrc,
            index.Value,
            header,
            TrailerFor(index, rollover),
            payload,
            output.Slice(header.Length, payload.Length),
            output.Slice(header.Length + payload.Length, _profile.TagBytes));
        length = header.Length + payload.Length + _profile.TagBytes;
        failure = SrtpFailure.None;
        return true;
    }

    private ReadOnlySpan<byte> TrailerFor(ExtendedSequence index, Span<byte> rollover)
    {
        if (!_authenticatesRollover)
        {
            return default;
        }

        BinaryPrimitives.WriteUInt32BigEndian(rollover, index.Rollovers);
        return rollover;
    }
}
