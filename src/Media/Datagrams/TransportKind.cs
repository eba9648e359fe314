namespace Calls.Media.Datagrams;

/// <summary>What carries a datagram.</summary>
public enum TransportKind : byte
{
    /// <summary>UDP: each packet on its own.</summary>
    Udp,

    /// <summary>TCP with RFC 4571 framing.</summary>
    Tcp,
}
