using System.Net.WebSockets;
using System.Text;
using Calls.Support;

namespace Calls.Conformance.Clients;

/// <summary>The hub by a bare WebSocket, as the protocol describes it for clients without a library.</summary>
internal sealed class RawHub : IDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<string> _messages = new();
    private readonly StringBuilder _part = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private RawHub()
    {
    }

    public static async Task<RawHub> Open(Uri service, string token)
    {
        var hub = new RawHub();
        var url = new UriBuilder(new Uri(service, "/hubs/calls")) { Scheme = service.Scheme == "https" ? "wss" : "ws", Query = "access_token=" + token };
        await hub._socket.ConnectAsync(url.Uri, CancellationToken.None);
        return hub;
    }

    public Task Send(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message, or the next such one.</summary>
    public async Task<string> Next(Func<string, bool>? which = null)
    {
        using var patience = new CancellationTokenSource(Eventually.DefaultWait);
        while (true)
        {
            while (_messages.TryDequeue(out var message))
            {
                if (which?.Invoke(message) ?? true) { return message; }
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(), patience.Token);
            Part(Encoding.UTF8.GetString(_buffer, 0, received.Count));
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Part(string text)
    {
        foreach (var letter in text)
        {
            if (letter != End)
            {
                _part.Append(letter);
                continue;
            }

            _messages.Enqueue(_part.ToString());
            _part.Clear();
        }
    }
}
