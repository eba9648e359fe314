using System.Buffers.Binary;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Srtp;

/// <summary>AES-128-GCM by OpenSSL, the contexts kept: setting a key anew for each packet would cost twice the packet.</summary>
internal sealed unsafe class EvpGcmCipher : ISrtpCipher
{
    private const int VectorBytes = 12;
    private const int TagBytes = 16;
    private const int TextBytesMax = 2_048;

    private readonly EvpContext _seal;
    private readonly EvpContext _open;
    private readonly byte[] _salt;

    public EvpGcmCipher(SrtpSessionKeys keys)
    {
        _seal = new EvpContext(EvpCalls.Aes128Gcm(), keys.EncryptionKey, encrypts: true);
        _open = new EvpContext(EvpCalls.Aes128Gcm(), keys.EncryptionKey, encrypts: false);
        _salt = keys.Salt[..VectorBytes].ToArray();
    }

    /// <inheritdoc/>
    public void Seal(
        Ssrc ssrc, long index, ReadOnlySpan<byte> header, ReadOnlySpan<byte> trailer,
        ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag)
    {
        var vector = stackalloc byte[VectorBytes];
        WriteVector(vector, ssrc, index);
        int bytes;
        fixed (byte* into = ciphertext, tagBytes = tag)
        {
            _seal.Restart(vector);
            _seal.Add(header, null);
            _seal.Add(trailer, null);
            _seal.Add(plaintext, into);
            _ = EvpCalls.Final(_seal.Pointer, into, &bytes);
            _ = EvpCalls.ContextControl(_seal.Pointer, EvpCalls.ControlGcmGetTag, TagBytes, tagBytes);
        }
    }

    /// <inheritdoc/>
    public bool TryOpen(
        Ssrc ssrc, long index, ReadOnlySpan<byte> header, ReadOnlySpan<byte> trailer, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        if (text.Length > TextBytesMax) { return false; }

        var vector = stackalloc byte[VectorBytes];
        WriteVector(vector, ssrc, index);

        // Decrypted beside the packet: nothing may change before the tag is known to fit (row SRTP9).
        var plain = stackalloc byte[TextBytesMax];
        int bytes;
        fixed (byte* tagBytes = tag)
        {
            _open.Restart(vector);
            _open.Add(header, null);
            _open.Add(trailer, null);
            _open.Add(text, plain);
            _ = EvpCalls.ContextControl(_open.Pointer, EvpCalls.ControlGcmSetTag, TagBytes, tagBytes);
            if (EvpCalls.Final(_open.Pointer, plain, &bytes) != 1) { return false; }
        }

        new ReadOnlySpan<byte>(plain, text.Length).CopyTo(text);
        return true;
    }

    // Two zero bytes, SSRC, 48-bit index, xor salt (RFC 7714 §8.1, §9.1).
    private void WriteVector(byte* vector, Ssrc ssrc, long index)
    {
        var bytes = new Span<byte>(vector, VectorBytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], ssrc.Value);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(index >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], unchecked((uint)index));
        for (var i = 0; i < VectorBytes; i++) { bytes[i] ^= _salt[i]; }
    }
}
