using System.Buffers;
using Microsoft.AspNetCore.SignalR;

namespace Calls.Gateway.Signalling;

/// <summary>Sends each connection its events, one after another; a slow one holds up nobody else.</summary>
internal sealed class Outboxes(HubWires wires, TimeProvider time)
{
    /// <summary>
    /// How long a connection rests after a write. An event that comes alone goes at once; of many, those that come meanwhile go
    /// together: in a call of a thousand the writing is most of what an event costs, and nobody sees 50 ms.
    /// </summary>
    public static readonly TimeSpan WritePause = TimeSpan.FromMilliseconds(50);

    /// <summary>Bytes written at once: some 200 events, and no long hold of memory.</summary>
    private const int WriteBytesMax = 64 * 1024;

    private const string Protocol = "json";

    /// <summary>Until the connection closes.</summary>
    /// <exception cref="InvalidOperationException">SignalR does not know the connection: it would hear nothing, and nobody would notice.</exception>
    public void Begin(HubConnection connection) => _ = Send(
        connection, wires.Find(connection.Id) ?? throw new InvalidOperationException($"Connection {connection.Id} has no wire."));

    private async Task Send(HubConnection connection, HubConnectionContext wire)
    {
        while (await connection.Outbox.WaitToReadAsync())
        {
            while (connection.Outbox.TryRead(out var message))
            {
                if (connection.Outbox.TryPeek(out _)) { await WriteTogether(message, connection, wire); }
                else { await wire.WriteAsync(Written(message.Frame), default); }
            }

            await Task.Delay(WritePause, time);
        }
    }

    // The memory is lent: what was written is in the connection's own buffers.
    private static async Task WriteTogether(EventMessage first, HubConnection connection, HubConnectionContext wire)
    {
        var lent = ArrayPool<byte>.Shared.Rent(Math.Max(WriteBytesMax, first.Frame.Length));
        try
        {
            first.Frame.CopyTo(lent);
            var length = first.Frame.Length;
            while (connection.Outbox.TryPeek(out var next) && next.Frame.Length <= lent.Length - length && connection.Outbox.TryRead(out _))
            {
                next.Frame.CopyTo(lent.AsMemory(length));
                length += next.Frame.Length;
            }

            await wire.WriteAsync(Written(lent.AsMemory(0, length)), default);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lent);
        }
    }

    private static SerializedHubMessage Written(ReadOnlyMemory<byte> frames) => new([new SerializedMessage(Protocol, frames)]);
}
