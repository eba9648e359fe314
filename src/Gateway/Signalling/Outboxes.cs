using Microsoft.AspNetCore.SignalR;

namespace Calls.Gateway.Signalling;

/// <summary>Sends each connection its events, one after another; a slow one holds up nobody else.</summary>
internal sealed class Outboxes(IHubContext<CallsHub> hub)
{
    private const string EventMethod = "event";

    /// <summary>Until the connection closes.</summary>
    public void Begin(HubConnection connection) => _ = Send(connection);

    private async Task Send(HubConnection connection)
    {
        var client = hub.Clients.Client(connection.Id);
        await foreach (var message in connection.Outbox.ReadAllAsync())
        {
            await client.SendAsync(EventMethod, message);
        }
    }
}
