using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Signalling;

/// <summary>SignalR's own bookkeeping of connections, and the way to write to one of them what is written already.</summary>
internal sealed class HubWires(ILogger<DefaultHubLifetimeManager<CallsHub>> log) : DefaultHubLifetimeManager<CallsHub>(log)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _wires = new(StringComparer.Ordinal);

    public HubConnectionContext? Find(string connection) => _wires.GetValueOrDefault(connection);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _wires[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _wires.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
