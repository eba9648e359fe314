using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calls.MediaClient;

/// <summary>Seals or opens the packets of one direction (RFC 7714 §8). Counts the rollovers of each SSRC.</summary>
internal sealed class SrtpStream(SrtpKeys keys) : IDisposable
{
    private const int TagBytes = 16;
    private const ushort Half = 0x8000;

    private readonly AesGcm _cipher = new(keys.Key, TagBytes);
    private readonly Dictionary<uint, (uint Rollover, ushort Highest)> _sources = [];

    public byte[] Seal(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[header.Length + payload.Length + TagBytes];
        header.CopyTo(packet);
        _cipher.Encrypt(
            Nonce(packet, Rollover(packet)), payload, packet.AsSpan(header.Length, payload.Length), packet.AsSpan(packet.Length - TagBytes), header);
        return packet;
    }

    /// <summary>The payload; null when the packet is not authentic.</summary>
    public byte[]? Open(ReadOnlySpan<byte> packet)
    {
        var header = VoicePacket.HeaderBytes(packet);
        if (header + TagBytes > packet.Length) { return null; }

        var payload = new byte[packet.Length - header - TagBytes];
        try
        {
            _cipher.Decrypt(Nonce(packet, Rollover(packet)), packet[header..^TagBytes], packet[^TagBytes..], payload, packet[..header]);
            return payload;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private byte[] Nonce(ReadOnlySpan<byte> packet, uint rollover)
    {
        var nonce = new byte[SrtpKeys.SaltBytes];
        packet.Slice(8, 4).CopyTo(nonce.AsSpan(2));
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(6), rollover);
        packet.Slice(2, 2).CopyTo(nonce.AsSpan(10));
        for (var i = 0; i < nonce.Length; i++) { nonce[i] ^= keys.Salt[i]; }

        return nonce;
    }

    // RFC 3711 §3.3.1: whichever rollover puts the packet nearest to the highest one seen.
    private uint Rollover(ReadOnlySpan<byte> packet)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (!_sources.TryGetValue(ssrc, out var known))
        {
            _sources[ssrc] = (0, sequence);
            return 0;
        }

        var isAhead = (ushort)(sequence - known.Highest) < Half;
        if (!isAhead) { return sequence > known.Highest ? known.Rollover - 1 : known.Rollover; }

        var rollover = sequence < known.Highest ? known.Rollover + 1 : known.Rollover;
        _sources[ssrc] = (rollover, sequence);
        return rollover;
    }
}
