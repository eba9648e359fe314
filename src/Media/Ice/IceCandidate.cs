using System.Globalization;
using Calls.Media.Datagrams;

namespace Calls.Media.Ice;

/// <summary>One advertised address of the node, as an answer names it. UDP comes before TCP (row TCP1), then the list's order.</summary>
public sealed record IceCandidate(TransportAddress Address, int Index)
{
    // RFC 8445 §5.1.2.1: 126 for a host candidate. RFC 6544 §4.2: passive TCP below UDP by the upper bits of the local preference.
    private const uint HostPreference = 126;
    private const uint UdpPreference = 65_535;
    private const uint TcpPassivePreference = 32_767;
    private const uint Component = 1;

    /// <summary>Higher is tried first.</summary>
    public uint Priority =>
        (HostPreference << 24)
        | (((Address.Kind == TransportKind.Udp ? UdpPreference : TcpPassivePreference) - (uint)Index) << 8)
        | (256 - Component);

    /// <summary>Candidates for a node's addresses, in their order.</summary>
    public static IReadOnlyList<IceCandidate> For(IReadOnlyList<TransportAddress> addresses) =>
        [.. addresses.Select((address, index) => new IceCandidate(address, index))];

    /// <summary>The value of an <c>a=candidate</c> line, without the name.</summary>
    public override string ToString() => Address.Kind == TransportKind.Udp
        ? string.Create(CultureInfo.InvariantCulture, $"{Index + 1} 1 udp {Priority} {Address.IpText()} {Address.Port} typ host")
        : string.Create(CultureInfo.InvariantCulture, $"{Index + 1} 1 tcp {Priority} {Address.IpText()} {Address.Port} typ host tcptype passive");
}
