using System.Text.Json;
using Calls.Support;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Conformance.Clients;

/// <summary>One hub connection and everything it was told.</summary>
internal sealed class Device : IAsyncDisposable
{
    // As the protocol says.
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_silenceMax = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HubConnection _hub;

    public Device(Person person)
    {
        Person = person;
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(person.Service.Address, "/hubs/calls"), connection =>
            {
                connection.SkipNegotiation = true;
                connection.Transports = HttpTransportType.WebSockets;
                connection.AccessTokenProvider = () => Task.FromResult<string?>(person.Token);
            })
            .WithKeepAliveInterval(s_keepAlive)
            .WithServerTimeout(s_silenceMax)
            .Build();
        _hub.On<JsonElement>("event", message =>
        {
            lock (_lock) { _events.Add(message); }
        });
        _hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public Person Person { get; }

    /// <summary>Completes when the connection is closed.</summary>
    public Task Closed => _closed.Task;

    public IReadOnlyList<JsonElement> Events
    {
        get { lock (_lock) { return [.. _events]; } }
    }

    public async Task Open()
    {
        await _hub.StartAsync();

        // The handshake is answered before the gateway listens for the user's channels; the first command is not.
        await Ask("Sync", new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" });
    }

    /// <summary>The reply to a command, whatever it is. Waits as told when it was too fast.</summary>
    public async Task<JsonElement> Ask(string method, object argument)
    {
        while (true)
        {
            var reply = await AskOnce(method, argument);
            var error = reply.GetProperty("error");
            if (error.ValueKind != JsonValueKind.Object || error.GetProperty("code").GetString() != "rate_limited") { return reply; }

            using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(50, error.GetProperty("retryAfterMs").GetInt64())));
            await wait.WaitForNextTickAsync();
        }
    }

    /// <summary>A command that is not sent again.</summary>
    public Task<JsonElement> AskOnce(string method, object argument) => _hub.InvokeAsync<JsonElement>(method, argument);

    /// <summary>The value of a command that is done.</summary>
    public async Task<JsonElement> Done(string method, object argument)
    {
        var reply = await Ask(method, argument);
        Assert.True(reply.GetProperty("ok").GetBoolean(), $"{method} answered {reply}");
        return reply.GetProperty("value");
    }

    /// <summary>The code of a command that is refused, in the documented form.</summary>
    public async Task<string> Refused(string method, object argument)
    {
        var reply = await Ask(method, argument);
        Assert.False(reply.GetProperty("ok").GetBoolean(), $"{method} answered {reply}");
        Assert.False(string.IsNullOrWhiteSpace(reply.GetProperty("error").GetProperty("message").GetString()));
        return reply.GetProperty("error").GetProperty("code").GetString()!;
    }

    /// <summary>"ok", or the code of the refusal.</summary>
    public async Task<string> Outcome(string method, object argument)
    {
        var reply = await Ask(method, argument);
        return reply.GetProperty("ok").GetBoolean() ? "ok" : reply.GetProperty("error").GetProperty("code").GetString()!;
    }

    public async Task<Seat> Join(string channel, object? more = null)
    {
        var argument = new Dictionary<string, object?> { ["channelId"] = channel };
        foreach (var member in more?.GetType().GetProperties() ?? []) { argument[member.Name] = member.GetValue(more); }

        return new Seat(this, await Done("Join", argument));
    }

    public Task<string> RefusedJoin(string channel) => Refused("Join", new { channelId = channel });

    /// <summary>Waits for an event of a type and returns its data.</summary>
    public async Task<JsonElement> Hears(string type, Func<JsonElement, bool>? which = null, TimeSpan? within = null) =>
        (await HearsMessage(type, message => which?.Invoke(message.GetProperty("data")) ?? true, within)).GetProperty("data");

    /// <summary>As <see cref="Hears"/>, of one call or of none: others may be going on in channels of the same user.</summary>
    public async Task<JsonElement> HearsOf(string call, string type, Func<JsonElement, bool>? which = null, TimeSpan? within = null) =>
        (await HearsMessage(
            type,
            message => (message.GetProperty("callId").GetString() ?? call) == call && (which?.Invoke(message.GetProperty("data")) ?? true),
            within)).GetProperty("data");

    /// <summary>Waits for an event of a type and returns all of it.</summary>
    public async Task<JsonElement> HearsMessage(string type, Func<JsonElement, bool>? which = null, TimeSpan? within = null)
    {
        bool IsIt(JsonElement message) => message.GetProperty("type").GetString() == type && (which?.Invoke(message) ?? true);
        var told = await Eventually.Sees(
            $"{Person.Name} to be told {type}", () => new Told(Events), told => told.Messages.Any(IsIt), within);
        return told.Messages.First(IsIt);
    }

    /// <summary>The data of the events of a type so far.</summary>
    public IReadOnlyList<JsonElement> ToldOf(string type) =>
        [.. Events.Where(message => message.GetProperty("type").GetString() == type).Select(message => message.GetProperty("data"))];

    /// <summary>Loses the connection, as far as the service can see.</summary>
    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    // What a timeout says of what was seen: the last few events, without the workspace's.
    private sealed record Told(IReadOnlyList<JsonElement> Messages)
    {
        private const int Shown = 12;

        public override string ToString() => string.Join(" ", Messages.Where(message => message.GetProperty("callId").ValueKind == JsonValueKind.String)
            .TakeLast(Shown).Select(message => $"{message.GetProperty("seq")}:{message.GetProperty("data")}"));
    }
}
