using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AesNi = System.Runtime.Intrinsics.X86.Aes;

namespace Calls.Media.Srtp;

/// <summary>An AES-128 key, expanded (FIPS 197 §5.2), and what is done with it: one block, or a keystream over a text.</summary>
[InlineArray(Rounds + 1)]
internal struct AesKeySchedule
{
    /// <summary>An AES block.</summary>
    public const int BlockBytes = 16;

    private const int Rounds = 10;
    private const int BlocksAtOnce = 8;    // hides the latency of one round behind seven others
    private const int BatchBytes = BlocksAtOnce * BlockBytes;

    private Vector128<byte> _first;

    /// <summary>True if the processor has the instructions.</summary>
    public static bool IsSupported => AesNi.IsSupported && Ssse3.IsSupported;

    /// <summary>
    /// Turns the last four bytes around: from a counter block whose last 32 bits are a number of this machine, which can be added to,
    /// to one as the cipher wants it, or back. Those 32 bits wrap as a whole: one byte would at 4 KB.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ToBlock(Vector128<uint> counter) => Ssse3.Shuffle(
        counter.AsByte(), Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 14, 13, 12));

    /// <summary>Expands a key of 16 bytes.</summary>
    public static AesKeySchedule Expand(ReadOnlySpan<byte> key)
    {
        var schedule = default(AesKeySchedule);
        schedule[0] = Vector128.Create(key);
        schedule[1] = Next(schedule[0], AesNi.KeygenAssist(schedule[0], 0x01));
        schedule[2] = Next(schedule[1], AesNi.KeygenAssist(schedule[1], 0x02));
        schedule[3] = Next(schedule[2], AesNi.KeygenAssist(schedule[2], 0x04));
        schedule[4] = Next(schedule[3], AesNi.KeygenAssist(schedule[3], 0x08));
        schedule[5] = Next(schedule[4], AesNi.KeygenAssist(schedule[4], 0x10));
        schedule[6] = Next(schedule[5], AesNi.KeygenAssist(schedule[5], 0x20));
        schedule[7] = Next(schedule[6], AesNi.KeygenAssist(schedule[6], 0x40));
        schedule[8] = Next(schedule[7], AesNi.KeygenAssist(schedule[7], 0x80));
        schedule[9] = Next(schedule[8], AesNi.KeygenAssist(schedule[8], 0x1b));
        schedule[10] = Next(schedule[9], AesNi.KeygenAssist(schedule[9], 0x36));
        return schedule;
    }

    /// <summary>Encrypts one block.</summary>
    public readonly Vector128<byte> Encrypt(Vector128<byte> block)
    {
        block ^= this[0];
        for (var round = 1; round < Rounds; round++)
        {
            block = AesNi.Encrypt(block, this[round]);
        }

        return AesNi.EncryptLast(block, this[Rounds]);
    }

    /// <summary>Xors a keystream onto a text; the two may be the same memory, or must not overlap.</summary>
    /// <param name="counter">The first counter block, its last 32 bits as a number: see <see cref="ToBlock"/>.</param>
    /// <param name="source">The text.</param>
    /// <param name="destination">As long as the text.</param>
    [SkipLocalsInit]
    public readonly void XorKeystream(Vector128<uint> counter, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, source.Length, nameof(destination));
        while (source.Length >= BatchBytes)
        {
            XorBatch(counter, ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination));
            counter += Vector128.Create(0u, 0, 0, BlocksAtOnce);
            source = source[BatchBytes..];
            destination = destination[BatchBytes..];
        }

        if (!source.IsEmpty)
        {
            Span<byte> batch = stackalloc byte[BatchBytes];
            source.CopyTo(batch);
            XorBatch(counter, ref MemoryMarshal.GetReference(batch), ref MemoryMarshal.GetReference(batch));
            batch[..source.Length].CopyTo(destination);
        }
    }

    private readonly void XorBatch(Vector128<uint> counter, ref byte source, ref byte destination)
    {
        var key = this[0];
        var one = Vector128.Create(0u, 0, 0, 1);
        var b0 = ToBlock(counter) ^ key;
        counter += one;
        var b1 = ToBlock(counter) ^ key;
        counter += one;
        var b2 = ToBlock(counter) ^ key;
        counter += one;
        var b3 = ToBlock(counter) ^ key;
        counter += one;
        var b4 = ToBlock(counter) ^ key;
        counter += one;
        var b5 = ToBlock(counter) ^ key;
        counter += one;
        var b6 = ToBlock(counter) ^ key;
        counter += one;
        var b7 = ToBlock(counter) ^ key;
        for (var round = 1; round < Rounds; round++)
        {
            key = this[round];
            b0 = AesNi.Encrypt(b0, key);
            b1 = AesNi.Encrypt(b1, key);
            b2 = AesNi.Encrypt(b2, key);
            b3 = AesNi.Encrypt(b3, key);
            b4 = AesNi.Encrypt(b4, key);
            b5 = AesNi.Encrypt(b5, key);
            b6 = AesNi.Encrypt(b6, key);
            b7 = AesNi.Encrypt(b7, key);
        }

        key = this[Rounds];
        XorBlock(AesNi.EncryptLast(b0, key), ref source, ref destination, 0);
        XorBlock(AesNi.EncryptLast(b1, key), ref source, ref destination, 1);
        XorBlock(AesNi.EncryptLast(b2, key), ref source, ref destination, 2);
        XorBlock(AesNi.EncryptLast(b3, key), ref source, ref destination, 3);
        XorBlock(AesNi.EncryptLast(b4, key), ref source, ref destination, 4);
        XorBlock(AesNi.EncryptLast(b5, key), ref source, ref destination, 5);
        XorBlock(AesNi.EncryptLast(b6, key), ref source, ref destination, 6);
        XorBlock(AesNi.EncryptLast(b7, key), ref source, ref destination, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void XorBlock(Vector128<byte> keystream, ref byte source, ref byte destination, nuint block) =>
        (keystream ^ Vector128.LoadUnsafe(ref source, block * BlockBytes)).StoreUnsafe(ref destination, block * BlockBytes);

    private static Vector128<byte> Next(Vector128<byte> key, Vector128<byte> assist)
    {
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 8);
        return key ^ Sse2.Shuffle(assist.AsUInt32(), 0xff).AsByte();
    }
}
