using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Calls.Benchmarks.Meetings;

/// <summary>
/// One device without media that follows a call by the rules of the protocol. It speaks the hub's frames itself, since a thousand of
/// them share two cores with the service, and keeps of the roster what shows whether all see the same: number, members as a checksum, count.
/// </summary>
internal sealed class Attendee : IAsyncDisposable
{
    private const byte Separator = 0x1e;
    private static readonly byte[] s_handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");
    private static readonly byte[] s_ping = Encoding.UTF8.GetBytes("{\"type\":6}\u001e");

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<(long Seq, int Change, ulong Session)> _early = [];
    private TaskCompletionSource<JsonElement>? _asked;
    private Task _reading = Task.CompletedTask;
    private string _session = "";
    private long _seq = -1;
    private ulong _members;
    private int _count;
    private int _gaps;
    private long _events;

    /// <summary>What this device sees.</summary>
    public CallSight Sight
    {
        get { lock (_lock) { return new CallSight(_seq, _count, _members); } }
    }

    /// <summary>Events it was told.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Numbers that were missing.</summary>
    public int Gaps
    {
        get { lock (_lock) { return _gaps; } }
    }

    public string CallId { get; private set; } = "";

    public async Task Connect(Uri server, string token)
    {
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/hubs/calls", Query = "access_token=" + token };
        await _socket.ConnectAsync(address.Uri, _end.Token);
        await Send(s_handshake);
        _reading = Task.Run(Read);
    }

    /// <summary>Joins; how long it took from the click.</summary>
    /// <param name="clickedAt">By <see cref="Stopwatch"/>.</param>
    public async Task<double> Join(string channel, long clickedAt)
    {
        var joined = await Ask("Join", $"{{\"channelId\":\"{channel}\",\"operationId\":\"{Guid.NewGuid()}\"}}");
        var took = Stopwatch.GetElapsedTime(clickedAt).TotalMilliseconds;
        var call = joined.GetProperty("call");
        lock (_lock)
        {
            _session = joined.GetProperty("sessionId").GetString()!;
            CallId = call.GetProperty("id").GetString()!;
            (_seq, _count, _members) = (call.GetProperty("seq").GetInt64(), 0, 0);
            foreach (var session in call.GetProperty("sessions").EnumerateArray())
            {
                _count++;
                _members ^= Hash(Encoding.UTF8.GetBytes(session.GetProperty("sessionId").GetString()!));
            }

            foreach (var (seq, change, session) in _early.OrderBy(early => early.Seq)) { Apply(seq, change, session); }

            _early.Clear();
        }

        return took;
    }

    public async Task Leave()
    {
        lock (_lock) { _seq = -1; }

        await Ask("Leave", $"{{\"sessionId\":\"{_session}\"}}");
    }

    /// <summary>Says that it is still there.</summary>
    public Task Ping() => Send(s_ping);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    /// <summary>FNV-1a: a checksum of sets by exclusive or needs bits that spread.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text) { hash = (hash ^ letter) * 1099511628211UL; }

        return hash;
    }

    private async Task<JsonElement> Ask(string method, string argument)
    {
        _asked = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"{method}\",\"arguments\":[{argument}]}}\u001e"));
        var reply = await _asked.Task;
        return reply.GetProperty("ok").GetBoolean()
            ? reply.TryGetProperty("value", out var value) ? value : default
            : throw new InvalidOperationException($"{method}: {reply.GetProperty("error").GetProperty("code").GetString()}");
    }

    private async Task Send(byte[] message)
    {
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Read()
    {
        var pending = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(pending.GetMemory(16 * 1024), _end.Token);
                if (received.MessageType == WebSocketMessageType.Close) { break; }

                pending.Advance(received.Count);
                if (received.EndOfMessage) { Take(pending); }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException)
        {
            // The end of the benchmark, or of the service: what is missing then shows in the figures.
        }

        _asked?.TrySetException(new InvalidOperationException("The connection closed."));
    }

    private void Take(ArrayBufferWriter<byte> pending)
    {
        var rest = pending.WrittenSpan;
        for (int end; (end = rest.IndexOf(Separator)) >= 0; rest = rest[(end + 1)..]) { Take(rest[..end]); }

        pending.ResetWrittenCount();
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("{\"type\":3"u8))
        {
            var reader = new Utf8JsonReader(message);
            _asked!.TrySetResult(JsonElement.ParseValue(ref reader).GetProperty("result"));
            return;
        }

        if (!message.StartsWith("{\"type\":1"u8)) { return; }

        Interlocked.Increment(ref _events);
        if (Number(message, "\"seq\":"u8) is not { } seq) { return; }

        var type = Text(message, "\"arguments\":[{\"type\":\""u8);
        var change = type.SequenceEqual("participant_joined"u8) ? 1 : type.SequenceEqual("participant_left"u8) ? -1 : 0;
        var session = change == 0 ? 0 : Hash(Text(message, "\"sessionId\":\""u8));
        lock (_lock)
        {
            if (_seq < 0) { _early.Add((seq, change, session)); }
            else { Apply(seq, change, session); }
        }
    }

    private void Apply(long seq, int change, ulong session)
    {
        if (seq <= _seq) { return; }

        if (seq != _seq + 1) { _gaps++; }

        _seq = seq;
        _count += change;
        _members ^= session;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before)
    {
        var at = message.IndexOf(before);
        if (at < 0) { return default; }

        var rest = message[(at + before.Length)..];
        return rest[..rest.IndexOf((byte)'"')];
    }

    private static long? Number(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before)
    {
        var at = message.IndexOf(before);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(message[(at + before.Length)..], out long number, out _) ? number : null;
    }
}

/// <summary>What somebody sees of a call: two that are equal see the same roster at the same event.</summary>
internal readonly record struct CallSight(long Seq, int Count, ulong Members);
