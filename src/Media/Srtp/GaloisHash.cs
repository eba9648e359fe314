using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Calls.Media.Srtp;

/// <summary>
/// GHASH (NIST SP 800-38D §6.4) by carry-less multiplication: 16 powers of the hash key, so one reduction serves 16 blocks. Numbers
/// are kept byte-reversed and the key multiplied by x, which makes GHASH the POLYVAL of RFC 8452 (appendix A) and its
/// reduction two multiplications.
/// </summary>
[InlineArray(PowersMax)]
internal struct GaloisHash
{
    private const int PowersMax = 16;
    private const int BlockBytes = AesKeySchedule.BlockBytes;
    private const ulong Polynomial = 0xc200_0000_0000_0000;   // x^127 + x^126 + x^121, the reduction's upper half

    private Vector128<ulong> _first;

    /// <summary>True if the processor has the instructions.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported && Ssse3.IsSupported && BitConverter.IsLittleEndian;

    /// <summary>Computes the powers of a hash key: the zero block, encrypted.</summary>
    public static GaloisHash Expand(Vector128<byte> hashKey)
    {
        var powers = default(GaloisHash);
        powers[0] = TimesX(Reverse(hashKey));
        for (var power = 1; power < PowersMax; power++)
        {
            var product = default(Product);
            product.Add(powers[power - 1], powers[0]);
            powers[power] = product.Reduce();
        }

        return powers;
    }

    /// <summary>The hash of associated data (header, then trailer) and text, each padded to whole blocks, and their lengths.</summary>
    [SkipLocalsInit]
    public readonly Vector128<byte> Hash(ReadOnlySpan<byte> header, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> text)
    {
        var headerTail = header[(header.Length & ~(BlockBytes - 1))..];
        var textTail = text[(text.Length & ~(BlockBytes - 1))..];
        Span<byte> ends = stackalloc byte[4 * BlockBytes];

        // Associated data: whole blocks, then what is left with the trailer behind it.
        var run = new Run(BlocksOf(header.Length + trailer.Length) + BlocksOf(text.Length) + 1);
        Absorb(ref run, ref MemoryMarshal.GetReference(header), header.Length / BlockBytes);
        ends.Clear();
        headerTail.CopyTo(ends);
        trailer.CopyTo(ends[headerTail.Length..]);
        Absorb(ref run, ref MemoryMarshal.GetReference(ends), BlocksOf(headerTail.Length + trailer.Length));

        // Text: whole blocks, then what is left, then both lengths in bits.
        Absorb(ref run, ref MemoryMarshal.GetReference(text), text.Length / BlockBytes);
        var last = ends[(2 * BlockBytes)..];
        textTail.CopyTo(last);
        var lengthsAt = BlocksOf(textTail.Length) * BlockBytes;
        BinaryPrimitives.WriteUInt64BigEndian(last[lengthsAt..], (ulong)(header.Length + trailer.Length) * 8);
        BinaryPrimitives.WriteUInt64BigEndian(last[(lengthsAt + 8)..], (ulong)text.Length * 8);
        Absorb(ref run, ref MemoryMarshal.GetReference(last), BlocksOf(textTail.Length) + 1);
        return Reverse(run.Hash.AsByte()).AsByte();
    }

    private static int BlocksOf(int bytes) => (bytes + BlockBytes - 1) / BlockBytes;

    // Each block is multiplied by the power that its distance from the group's end asks for; the group's sum is reduced once.
    private readonly void Absorb(ref Run run, ref byte data, int blocks)
    {
        var (hash, product, power) = (run.Hash, run.Product, run.Power);
        for (var block = 0; block < blocks; block++)
        {
            hash ^= Reverse(Vector128.LoadUnsafe(ref data, (nuint)block * BlockBytes));
            product.Add(hash, this[--power]);
            hash = default;
            if (power == 0)
            {
                hash = product.Reduce();
                product = default;
                power = run.NextGroup();
            }
        }

        (run.Hash, run.Product, run.Power) = (hash, product, power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Reverse(Vector128<byte> block) => Ssse3.Shuffle(
        block, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).AsUInt64();

    private static Vector128<ulong> TimesX(Vector128<ulong> value)
    {
        var (low, high) = (value[0], value[1]);
        var carry = high >> 63;
        return Vector128.Create((low << 1) ^ carry, (high << 1) ^ (low >> 63) ^ (carry * Polynomial));
    }

    /// <summary>A sum of 256-bit products, not yet reduced.</summary>
    private struct Product
    {
        private Vector128<ulong> _low;
        private Vector128<ulong> _middle;
        private Vector128<ulong> _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<ulong> left, Vector128<ulong> right)
        {
            _low ^= Pclmulqdq.CarrylessMultiply(left, right, 0x00);
            _high ^= Pclmulqdq.CarrylessMultiply(left, right, 0x11);
            _middle ^= Pclmulqdq.CarrylessMultiply(left, right, 0x01) ^ Pclmulqdq.CarrylessMultiply(left, right, 0x10);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector128<ulong> Reduce()
        {
            var polynomial = Vector128.Create(Polynomial);
            var low = _low ^ Sse2.ShiftLeftLogical128BitLane(_middle, 8);
            var high = _high ^ Sse2.ShiftRightLogical128BitLane(_middle, 8);
            low = SwapHalves(low) ^ Pclmulqdq.CarrylessMultiply(low, polynomial, 0x00);
            low = SwapHalves(low) ^ Pclmulqdq.CarrylessMultiply(low, polynomial, 0x00);
            return low ^ high;
        }

        private static Vector128<ulong> SwapHalves(Vector128<ulong> value) =>
            Sse2.Shuffle(value.AsUInt32(), 0b01_00_11_10).AsUInt64();
    }

    /// <summary>A hash under way: what the next block is added to, and how many blocks its group still has.</summary>
    private struct Run
    {
        public Vector128<ulong> Hash;
        public Product Product;
        public int Power;
        private int _blocksAfterGroup;

        public Run(int blocks)
        {
            _blocksAfterGroup = blocks;
            Power = NextGroup();
        }

        public int NextGroup()
        {
            var group = Math.Min(_blocksAfterGroup, PowersMax);
            _blocksAfterGroup -= group;
            return group;
        }
    }
}
