namespace Calls.Media.Stun;

/// <summary>The FINGERPRINT of RFC 8489 §14.7: a CRC-32 that tells STUN from everything else on the port.</summary>
internal static class StunFingerprint
{
    internal const int ValueBytes = 4;

    private const uint Xor = 0x5354_554E;
    private const uint Polynomial = 0xEDB8_8320;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The value over a message whose length field already counts the attribute itself.</summary>
    internal static uint Of(ReadOnlySpan<byte> before)
    {
        var crc = uint.MaxValue;
        foreach (var value in before) { crc = Table[(byte)(crc ^ value)] ^ (crc >> 8); }
        return ~crc ^ Xor;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1; }
            table[i] = crc;
        }

        return table;
    }
}
