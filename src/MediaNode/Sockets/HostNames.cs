using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Calls.MediaNode.Sockets;

/// <summary>What host names stand for, as far as they could be looked up: one that cannot be now keeps the addresses it had.</summary>
internal sealed class HostNames(Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks the system.</summary>
    public HostNames() : this(Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>The addresses of a name, none if it never had any. Waits for an answer when it is new: at the start, before anything runs.</summary>
    public IReadOnlyList<IPAddress> Of(string name)
    {
        if (IPAddress.TryParse(name, out var ip)) { return [ip]; }
        if (!_known.TryGetValue(name, out var addresses))
        {
            addresses = _known[name] = LookUp(name, CancellationToken.None).GetAwaiter().GetResult();
        }

        return addresses;
    }

    /// <summary>Looks all names up again; takes as long as the resolver does.</summary>
    public async Task Renew(CancellationToken cancellation)
    {
        foreach (var name in _known.Keys)
        {
            var found = await LookUp(name, cancellation);
            if (found.Length > 0) { _known[name] = found; }
        }
    }

    private async Task<IPAddress[]> LookUp(string name, CancellationToken cancellation)
    {
        try
        {
            return await lookUp(name, cancellation);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
