using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Calls.MediaClient;

/// <summary>A connectivity check of the controlling side, and its answer (RFC 8489, RFC 8445 §7).</summary>
internal static class StunCheck
{
    public const int TransactionBytes = 12;

    private const ushort BindingSuccess = 0x0101;
    private const uint MagicCookie = 0x2112A442;
    private const uint FingerprintMask = 0x5354554E;
    private const int HeaderBytes = 20;

    /// <summary>A check that nominates.</summary>
    /// <param name="user">Their fragment, a colon, our fragment.</param>
    /// <param name="password">Theirs.</param>
    public static byte[] Write(ReadOnlySpan<byte> transaction, string user, string password)
    {
        var check = new List<byte>([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42]);
        check.AddRange(transaction);
        Add(check, 0x0006, Encoding.UTF8.GetBytes(user));            // USERNAME
        Add(check, 0x0024, [0x6E, 0, 1, 0xFF]);                      // PRIORITY
        Add(check, 0x802A, [1, 2, 3, 4, 5, 6, 7, 8]);                // ICE-CONTROLLING
        Add(check, 0x0025, []);                                      // USE-CANDIDATE
        SetLength(check, 24);
        Add(check, 0x0008, HMACSHA1.HashData(Encoding.UTF8.GetBytes(password), check.ToArray())); // MESSAGE-INTEGRITY
        SetLength(check, 8);
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32(check) ^ FingerprintMask);
        Add(check, 0x8028, crc);                                     // FINGERPRINT
        SetLength(check, 0);
        return [.. check];
    }

    /// <summary>Whose answer this is; null when it is none that says yes.</summary>
    public static string? AnswerTo(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt16BigEndian(datagram) == BindingSuccess
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == MagicCookie
            ? Name(datagram.Slice(8, TransactionBytes))
            : null;

    public static string Name(ReadOnlySpan<byte> transaction) => Convert.ToHexString(transaction);

    private static void Add(List<byte> check, ushort type, byte[] value)
    {
        check.AddRange([(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length]);
        check.AddRange(value);
        while (check.Count % 4 != 0) { check.Add(0); }
    }

    // The length already counts the attribute that signs it.
    private static void SetLength(List<byte> check, int following)
    {
        var length = check.Count - HeaderBytes + following;
        (check[2], check[3]) = ((byte)(length >> 8), (byte)length);
    }

    private static uint Crc32(IEnumerable<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1; }
        }

        return ~crc;
    }
}
