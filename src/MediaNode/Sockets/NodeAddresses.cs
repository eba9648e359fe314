using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Calls.Media.Datagrams;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Sockets;

/// <summary>Which own addresses are bound, and which ones answers name.</summary>
/// <param name="Bound">Own addresses, all on one port.</param>
/// <param name="Advertised">What clients send to, in the order they shall try.</param>
internal sealed record NodeAddresses(IReadOnlyList<TransportAddress> Bound, IReadOnlyList<TransportAddress> Advertised)
{
    private const string Address = $"{MediaNodeOptions.Section}:{nameof(MediaNodeOptions.Addresses)}";
    private const string Port = $"{MediaNodeOptions.Section}:{nameof(MediaNodeOptions.Port)}";

    /// <summary>The one port.</summary>
    public ushort UdpPort => Bound[0].Port;

    /// <summary>Finds the addresses and checks that the port is free on each: one port for all threads, or one for each.</summary>
    /// <param name="options">Port, addresses and what to advertise.</param>
    /// <param name="servesLocalhost">Is the web page served on localhost? Then browsers of this machine must reach us there.</param>
    /// <param name="threads">Media threads.</param>
    /// <param name="names">What advertised names stand for.</param>
    /// <exception cref="MediaNodeStartException">One line: which address or port, and which option to change.</exception>
    public static NodeAddresses[] FindAll(MediaNodeOptions options, bool servesLocalhost, int threads, HostNames? names = null)
    {
        names ??= new HostNames();
        var ports = options.PortPerThread ? threads : 1;
        if (options.Port > 0 && options.Port + ports - 1 > ushort.MaxValue)
        {
            throw new MediaNodeStartException($"{Port} is {options.Port}; allowed with {ports} threads that have a port each: up to {ushort.MaxValue + 1 - ports}.");
        }

        var found = new List<NodeAddresses>();
        while (found.Count < ports)
        {
            var next = Find(options, (ushort)(options.Port == 0 ? 0 : options.Port + found.Count), servesLocalhost, names);

            // Asked for any, the system may name one twice: nothing is bound yet.
            if (!found.Exists(known => known.UdpPort == next.UdpPort)) { found.Add(next); }
        }

        return [.. found];
    }

    private static NodeAddresses Find(MediaNodeOptions options, ushort port, bool servesLocalhost, HostNames names)
    {
        var ips = Chosen(options) ?? OfHost(options.Ipv6, servesLocalhost);
        if (ips.Count == 0) { throw new MediaNodeStartException($"{Address}: this host has no usable address; name one."); }

        var bound = new List<TransportAddress>();
        foreach (var ip in ips.Take(LinuxDatagramSocket.LocalsMax))
        {
            if (TryProbe(ip, port, isChosen: options.Addresses.Length > 0) is not { } address) { continue; }

            port = address.Port;   // asked for any: the next ones must get the same
            bound.Add(address);
        }

        return bound.Count > 0
            ? new NodeAddresses(bound, Advertise(options, bound, names))
            : throw new MediaNodeStartException($"{Address}: none of this host's addresses can be bound; name one.");
    }

    /// <summary>
    /// With what the advertised names stand for now: a home's public address changes overnight. If that left nothing to advertise, it
    /// stays as it was.
    /// </summary>
    public NodeAddresses Renewed(MediaNodeOptions options, HostNames names)
    {
        try
        {
            return this with { Advertised = Advertise(options, Bound, names) };
        }
        catch (MediaNodeStartException)
        {
            return this;
        }
    }

    private static List<IPAddress>? Chosen(MediaNodeOptions options) => options.Addresses.Length == 0
        ? null
        : [.. MediaNodeOptions.List(options.Addresses).Select(IPAddress.Parse)];

    private static List<IPAddress> OfHost(bool ipv6, bool servesLocalhost)
    {
        var all = NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Where(ip => ip.AddressFamily == AddressFamily.InterNetwork || (ipv6 && ip.AddressFamily == AddressFamily.InterNetworkV6))
            .Where(ip => !ip.IsIPv6LinkLocal)   // needs a scope that no candidate can carry
            .Distinct()
            .ToList();
        var outside = all.Where(ip => !IPAddress.IsLoopback(ip)).OrderBy(ip => ip.AddressFamily).ToList();
        if (!servesLocalhost && outside.Count > 0) { return outside; }

        return [.. outside, .. all.Where(IPAddress.IsLoopback).OrderBy(ip => ip.AddressFamily)];
    }

    private static TransportAddress? TryProbe(IPAddress ip, ushort port, bool isChosen)
    {
        var address = TransportAddress.From(ip.GetAddressBytes(), port);
        try
        {
            return OperatingSystem.IsLinux() ? LinuxUdp.Probe(address) : address;
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new MediaNodeStartException(
                $"UDP port {port} on {ip} is in use by another program; stop it or set {Port} to a free port.", problem);
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new MediaNodeStartException(
                $"UDP port {port} needs more rights than this program has; set {Port} to one above 1023.", problem);
        }
        catch (SocketException problem)
        {
            // An address that is going (a lease, a tunnel) is no reason not to start, unless somebody asked for it.
            return isChosen
                ? throw new MediaNodeStartException($"{Address} names {ip}, which cannot be bound: {problem.Message}", problem)
                : null;
        }
    }

    private static IReadOnlyList<TransportAddress> Advertise(MediaNodeOptions options, IReadOnlyList<TransportAddress> bound, HostNames names)
    {
        var port = bound[0].Port;
        var named = MediaNodeOptions.List(options.Advertise);
        if (named.Length == 0) { return bound; }

        var advertised = new List<TransportAddress>();
        foreach (var name in named)
        {
            // Nodes may share one list of pairs: each names what stands for its own addresses.
            if (name.Split('=') is [var own, _] && !Addresses(own, options.Ipv6, port, names).Any(bound.Contains)) { continue; }

            advertised.AddRange(Addresses(name[(name.IndexOf('=') + 1)..], options.Ipv6, port, names));
        }

        return advertised.Count > 0
            ? advertised.Distinct().ToList()
            : throw new MediaNodeStartException(
                $"{MediaNodeOptions.Section}:{nameof(MediaNodeOptions.Advertise)} is {options.Advertise}; no name in it has an address, "
                + "and no pair begins with an address that is bound here.");
    }

    // An address that is written out is meant, whatever its family.
    private static IEnumerable<TransportAddress> Addresses(string name, bool ipv6, ushort port, HostNames names) => names
        .Of(name.Trim('[', ']'))
        .Where(ip => ipv6 || ip.AddressFamily == AddressFamily.InterNetwork || IPAddress.TryParse(name.Trim('[', ']'), out _))
        .Select(ip => TransportAddress.From(ip.GetAddressBytes(), port));
}
