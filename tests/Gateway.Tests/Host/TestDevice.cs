using System.Text.Json;
using Calls.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Gateway.Tests.Host;

/// <summary>One hub connection and everything it was told.</summary>
internal sealed class TestDevice : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _closed = new();

    public TestDevice(HubConnection hub)
    {
        Hub = hub;
        hub.On<JsonElement>("event", message =>
        {
            lock (_lock) { _events.Add(message); }
        });
        hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public HubConnection Hub { get; }

    /// <summary>Completes when the connection is closed.</summary>
    public Task Closed => _closed.Task;

    public IReadOnlyList<JsonElement> Events
    {
        get { lock (_lock) { return [.. _events]; } }
    }

    public Task<JsonElement> Call(string method, object argument) => Hub.InvokeAsync<JsonElement>(method, argument);

    /// <summary>The value of a command that is done.</summary>
    public async Task<JsonElement> Done(string method, object argument)
    {
        var reply = await Call(method, argument);
        Assert.True(reply.GetProperty("ok").GetBoolean(), $"{method} answered {reply}");
        return reply.GetProperty("value");
    }

    /// <summary>The code of a command that is refused.</summary>
    public async Task<string> Refused(string method, object argument)
    {
        var reply = await Call(method, argument);
        Assert.False(reply.GetProperty("ok").GetBoolean(), $"{method} answered {reply}");
        Assert.False(string.IsNullOrWhiteSpace(reply.GetProperty("error").GetProperty("message").GetString()));
        return reply.GetProperty("error").GetProperty("code").GetString()!;
    }

    public async Task<Joined> Join(string channel)
    {
        var value = await Done("Join", new { channelId = channel });
        return new Joined(
            value.GetProperty("sessionId").GetString()!,
            value.GetProperty("resumeToken").GetString()!,
            value.GetProperty("call").GetProperty("id").GetString()!,
            value);
    }

    /// <summary>Waits for an event and returns its data.</summary>
    public async Task<JsonElement> Hears(string type, Func<JsonElement, bool>? which = null)
    {
        var found = await Eventually.Sees(
            $"an event {type}",
            () => Events.Where(message => message.GetProperty("type").GetString() == type)
                .Select(message => message.GetProperty("data")).Where(data => which?.Invoke(data) ?? true).Take(1).ToList(),
            events => events.Count > 0);
        return found[0];
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>What a join answered.</summary>
internal sealed record Joined(string Session, string ResumeToken, string Call, JsonElement Value);
