namespace Calls.Media.Datagrams;

/// <summary>Whose protocol a datagram belongs to.</summary>
public enum DatagramKind : byte
{
    /// <summary>Nobody's: counted and dropped.</summary>
    Unknown,

    /// <summary>A STUN message: an ICE check.</summary>
    Stun,

    /// <summary>A DTLS record.</summary>
    Dtls,

    /// <summary>An SRTP packet.</summary>
    Rtp,

    /// <summary>An SRTCP packet.</summary>
    Rtcp,
}

/// <summary>Tells the protocols on one port apart by their first bytes (RFC 7983 §7, RFC 5761 §4; row DMX1).</summary>
public static class DatagramKinds
{
    /// <summary>The kind of a datagram. It only says who parses it, not that it is well formed.</summary>
    public static DatagramKind Of(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 2) { return DatagramKind.Unknown; }

        return datagram[0] switch
        {
            <= 3 => DatagramKind.Stun,
            >= 20 and <= 63 => DatagramKind.Dtls,
            >= 128 and <= 191 => (datagram[1] & 0x7F) is >= 64 and <= 95 ? DatagramKind.Rtcp : DatagramKind.Rtp,
            _ => DatagramKind.Unknown,
        };
    }
}
