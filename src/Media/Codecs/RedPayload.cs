using System.Buffers.Binary;
using Calls.Media.Rtp;

namespace Calls.Media.Codecs;

/// <summary>
/// A payload of redundant audio (RFC 2198): older blocks again, then the primary one. A view of the payload's own bytes,
/// bounds-checked by <see cref="TryRead"/>.
/// </summary>
public readonly ref struct RedPayload
{
    /// <summary>Older blocks at most. Browsers send one or two; the limit keeps the walk short.</summary>
    public const int OlderBlocksMax = 8;

    private const int BlockHeaderBytes = 4;
    private const int MoreFlag = 0x80;
    private const int LengthBits = 10;
    private const int LengthMask = (1 << LengthBits) - 1;
    private const int OffsetMask = (1 << 14) - 1;

    private readonly ReadOnlySpan<byte> _payload;
    private readonly int _primaryAt;

    private RedPayload(ReadOnlySpan<byte> payload, int olderBlocks, int primaryAt)
    {
        _payload = payload;
        _primaryAt = primaryAt;
        OlderBlocks = olderBlocks;
    }

    /// <summary>How many older blocks there are.</summary>
    public int OlderBlocks { get; }

    /// <summary>The primary block's codec, in the sender's numbering.</summary>
    public PayloadType PrimaryType => new((byte)(_payload[OlderBlocks * BlockHeaderBytes] & PayloadType.Highest));

    /// <summary>The primary block: what a receiver without RED is sent.</summary>
    public ReadOnlySpan<byte> Primary => _payload[_primaryAt..];

    /// <summary>Reads the block headers. False if they or the blocks they announce overrun the payload, or are too many.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out RedPayload red)
    {
        red = default;
        var (headersEnd, blocksBytes, older) = (0, 0, 0);
        while (headersEnd < payload.Length && (payload[headersEnd] & MoreFlag) != 0)
        {
            if (payload.Length < headersEnd + BlockHeaderBytes || ++older > OlderBlocksMax)
            {
                return false;
            }

            blocksBytes += (int)(BinaryPrimitives.ReadUInt32BigEndian(payload[headersEnd..]) & LengthMask);
            headersEnd += BlockHeaderBytes;
        }

        var primaryAt = headersEnd + 1 + blocksBytes;
        if (primaryAt > payload.Length)
        {
            return false;
        }

        red = new RedPayload(payload, older, primaryAt);
        return true;
    }

    /// <summary>
    /// Writes the payload anew with only those older blocks that are at most <paramref name="ticksBackMax"/> before the primary
    /// one: what was said before a switch belongs to somebody else (row VOX7). Returns its length, never more than this one's.
    /// </summary>
    /// <param name="codec">The blocks' codec in the receiver's numbering.</param>
    /// <param name="ticksBackMax">How far back a block may begin.</param>
    /// <param name="output">Room for it.</param>
    public int Write(PayloadType codec, int ticksBackMax, Span<byte> output)
    {
        var at = 0;
        for (var block = 0; block < OlderBlocks; block++)
        {
            var header = HeaderOf(block);
            if (TicksBack(header) <= ticksBackMax)
            {
                var kept = ((uint)(MoreFlag | codec.Value) << 24) | (header & 0x00ff_ffff);
                BinaryPrimitives.WriteUInt32BigEndian(output[at..], kept);
                at += BlockHeaderBytes;
            }
        }

        output[at++] = codec.Value;
        var from = (OlderBlocks * BlockHeaderBytes) + 1;
        for (var block = 0; block < OlderBlocks; block++)
        {
            var header = HeaderOf(block);
            var bytes = (int)(header & LengthMask);
            if (TicksBack(header) <= ticksBackMax)
            {
                _payload.Slice(from, bytes).CopyTo(output[at..]);
                at += bytes;
            }

            from += bytes;
        }

        Primary.CopyTo(output[at..]);
        return at + Primary.Length;
    }

    private uint HeaderOf(int block) => BinaryPrimitives.ReadUInt32BigEndian(_payload[(block * BlockHeaderBytes)..]);

    private static int TicksBack(uint header) => (int)(header >> LengthBits) & OffsetMask;
}
