using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calls.Media.Stun;

/// <summary>
/// The MESSAGE-INTEGRITY of RFC 8489 §14.5 with short-term credentials: HMAC-SHA1 over the message up to the attribute,
/// with a length field as if the message ended behind it (row ICE2).
/// </summary>
internal static class StunIntegrity
{
    internal const int ValueBytes = HMACSHA1.HashSizeInBytes;

    /// <summary>The value for a message of which <paramref name="before"/> is all that stands before the attribute.</summary>
    internal static void Compute(ReadOnlySpan<byte> before, ReadOnlySpan<byte> password, Span<byte> into)
    {
        // The length field is part of what is signed and must be patched; a copy leaves the caller's datagram untouched.
        Span<byte> signed = stackalloc byte[StunReader.MessageBytesMax];
        before.CopyTo(signed);
        var attributesBytes = before.Length - StunReader.HeaderBytes + StunReader.AttributeHeaderBytes + ValueBytes;
        BinaryPrimitives.WriteUInt16BigEndian(signed[2..], (ushort)attributesBytes);
        HMACSHA1.HashData(password, signed[..before.Length], into);
    }

    /// <summary>Is that the value? Compared in constant time.</summary>
    internal static bool Verify(ReadOnlySpan<byte> before, ReadOnlySpan<byte> password, ReadOnlySpan<byte> value)
    {
        Span<byte> expected = stackalloc byte[ValueBytes];
        Compute(before, password, expected);
        return CryptographicOperations.FixedTimeEquals(expected, value);
    }
}
