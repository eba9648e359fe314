using System.Buffers.Binary;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>Spoils inputs: bits, bytes at the edges of what fits, lengths, cuts, repetitions, and crossings of two inputs.</summary>
internal sealed class FuzzMutator(Random random, IReadOnlyList<byte[]> seeds)
{
    private const int MutationsMax = 6;

    // Repetitions may grow an input to this, a little above the largest limit of any parser.
    private const int InputBytesMax = 70_000;

    private static readonly byte[] EdgeBytes = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)' ', (byte)':', (byte)'=', (byte)'/', (byte)'\n'];
    private static readonly ushort[] EdgeLengths = [0, 1, 3, 4, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFC, 0xFFFF];

    internal byte[] Next()
    {
        var input = Pick().ToArray();
        for (var i = random.Next(1, MutationsMax + 1); i > 0; i--) { input = Mutate(input); }
        return input;
    }

    private byte[] Pick() => seeds[random.Next(seeds.Count)];

    private byte[] Mutate(byte[] input)
    {
        if (input.Length == 0) { return Pick().ToArray(); }

        var at = random.Next(input.Length);
        var bytes = random.Next(Math.Min(64, input.Length - at) + 1);
        switch (random.Next(9))
        {
            case 0:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;
            case 1:
                input[at] = EdgeBytes[random.Next(EdgeBytes.Length)];
                return input;
            case 2:
                input[at] = (byte)random.Next(256);
                return input;
            case 3 when at + 1 < input.Length:
                BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(at), EdgeLengths[random.Next(EdgeLengths.Length)]);
                return input;
            case 4:
                return input[..at];
            case 5:
                return [.. input[..at], .. input[(at + bytes)..]];
            case 6:
                return [.. input[..at], .. Repeat(input[at..(at + bytes)], random.Next(1, 200), input.Length), .. input[at..]];
            case 7:
                var filler = new byte[bytes];
                random.NextBytes(filler);
                return [.. input[..at], .. filler, .. input[at..]];
            default:
                var other = Pick();
                return [.. input[..at], .. other[random.Next(other.Length + 1)..]];
        }
    }

    private static byte[] Repeat(byte[] part, int times, int inputBytes)
    {
        var room = Math.Max(0, InputBytesMax - inputBytes) / Math.Max(1, part.Length);
        return [.. Enumerable.Repeat(part, Math.Min(times, room)).SelectMany(bytes => bytes)];
    }
}
