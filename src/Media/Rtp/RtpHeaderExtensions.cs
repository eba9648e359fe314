namespace Calls.Media.Rtp;

/// <summary>
/// The header extensions of one packet (RFC 8285), read where they lie: in one-byte form (profile 0xBEDE) or two-byte form
/// (0x100x). An element that runs over the block's end ends the list and costs nothing else (row RTP2).
/// </summary>
public readonly ref struct RtpHeaderExtensions
{
    /// <summary>The profile field that announces one-byte element headers (RFC 8285 §4.2).</summary>
    public const ushort OneByteProfile = 0xBEDE;

    /// <summary>The profile field that announces two-byte element headers; its low four bits are the application's (§4.3).</summary>
    public const ushort TwoByteProfile = 0x1000;

    private const ushort TwoByteProfileMask = 0xfff0;

    private readonly ReadOnlySpan<byte> _block;
    private readonly bool _isTwoByte;

    internal RtpHeaderExtensions(ushort profile, ReadOnlySpan<byte> block)
    {
        _isTwoByte = (profile & TwoByteProfileMask) == TwoByteProfile;
        _block = _isTwoByte || profile == OneByteProfile ? block : default;
    }

    /// <summary>The data of the first element with this id. False if there is none.</summary>
    /// <param name="id">As negotiated for this session, 1 to 255.</param>
    /// <param name="data">The element's data; empty elements exist in two-byte form.</param>
    public bool TryFind(int id, out ReadOnlySpan<byte> data)
    {
        foreach (var element in this)
        {
            if (element.Id == id)
            {
                data = element.Data;
                return true;
            }
        }

        data = default;
        return false;
    }

    /// <summary>All elements in the order of the packet, padding left out.</summary>
    public Enumerator GetEnumerator() => new(_block, _isTwoByte);

    /// <summary>One element.</summary>
    public readonly ref struct Element
    {
        internal Element(int id, ReadOnlySpan<byte> data)
        {
            Id = id;
            Data = data;
        }

        /// <summary>The element's number in the sender's numbering, never 0.</summary>
        public int Id { get; }

        /// <summary>The element's data.</summary>
        public ReadOnlySpan<byte> Data { get; }
    }

    /// <summary>Walks the elements.</summary>
    public ref struct Enumerator
    {
        private const int Padding = 0;
        private const int OneByteStop = 15;

        private readonly bool _isTwoByte;
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> block, bool isTwoByte)
        {
            _rest = block;
            _isTwoByte = isTwoByte;
        }

        /// <summary>The element last walked to.</summary>
        public Element Current { get; private set; }

        /// <summary>Goes to the next element. False at the block's end, at a stop mark, or where an element would overrun.</summary>
        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var first = _rest[0];
                if ((_isTwoByte ? first : first >> 4) == Padding)
                {
                    _rest = _rest[1..];
                    continue;
                }

                return _isTwoByte ? TryTake(first, 2, _rest.Length > 1 ? _rest[1] : int.MaxValue)
                    : first >> 4 != OneByteStop && TryTake(first >> 4, 1, (first & 0x0f) + 1);
            }

            return false;
        }

        private bool TryTake(int id, int headerBytes, int dataBytes)
        {
            if (dataBytes > _rest.Length - headerBytes)
            {
                _rest = default;
                return false;
            }

            Current = new Element(id, _rest.Slice(headerBytes, dataBytes));
            _rest = _rest[(headerBytes + dataBytes)..];
            return true;
        }
    }
}
