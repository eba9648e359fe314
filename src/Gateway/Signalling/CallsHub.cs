using System.Text.Json;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Gateway.Auth;
using Calls.Gateway.Limits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Signalling;

/// <summary>My own session: a short method per action. Arguments are read here, so that a malformed one is refused and not an error.</summary>
internal sealed class CallsHub(
    SessionConnections sessions,
    SessionCommands commands,
    Presence presence,
    Outboxes outboxes,
    RateLimits limits,
    ILogger<CallsHub> log)
    : Hub
{
    public const string Path = "/hubs/calls";

    /// <summary>Bytes of one message: an offer has 10 to 40 KiB.</summary>
    public const long MessageBytesMax = 128 * 1024;

    public override async Task OnConnectedAsync()
    {
        var me = CurrentUser.Of(Context.GetHttpContext()) ?? throw new HubException("unauthenticated");
        var connection = new HubConnection(Context.ConnectionId, me, Context.Abort);
        Context.Items[typeof(HubConnection)] = connection;
        sessions.Add(connection);
        GatewayTelemetry.Connections(1);
        try
        {
            outboxes.Begin(connection);
            await presence.Arrived(connection, Context.ConnectionAborted);
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // The client has gone again, which is no fault: OnDisconnectedAsync comes next.
        }
        catch
        {
            // SignalR calls OnDisconnectedAsync only where this method came to an end.
            await Forget(connection);
            throw;
        }
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(typeof(HubConnection), out var item) && item is HubConnection connection) { await Forget(connection); }
    }

    public Task<HubReply> Join(JsonElement argument) => Run<JoinCommand>("Join", argument, commands.Join);

    public Task<HubReply> Offer(JsonElement argument) =>
        Run<OfferCommand>("Offer", argument, commands.Offer, takesTurns: false);

    public Task<HubReply> Resume(JsonElement argument) => Run<ResumeCommand>("Resume", argument, commands.Resume);

    public Task<HubReply> Leave(JsonElement argument) => Run<SessionCommand>("Leave", argument, commands.Leave);

    public Task<HubReply> Move(JsonElement argument) => Run<MoveCommand>("Move", argument, commands.Move);

    public Task<HubReply> Mute(JsonElement argument) => Act("Mute", argument, new SessionAction.Mute());

    public Task<HubReply> Unmute(JsonElement argument) => Act("Unmute", argument, new SessionAction.Unmute());

    public Task<HubReply> DeclineUnmute(JsonElement argument) => Act("DeclineUnmute", argument, new SessionAction.DeclineUnmute());

    public Task<HubReply> RaiseHand(JsonElement argument) => Act("RaiseHand", argument, new SessionAction.RaiseHand());

    public Task<HubReply> LowerHand(JsonElement argument) => Act("LowerHand", argument, new SessionAction.LowerHand());

    public Task<HubReply> React(JsonElement argument) => Run<ReactCommand>("React", argument, (connection, command) =>
        commands.Act(connection, command.SessionId, new SessionAction.React(command.Emoji)));

    public Task<HubReply> StartScreen(JsonElement argument) => Act("StartScreen", argument, new SessionAction.StartScreen());

    public Task<HubReply> StopScreen(JsonElement argument) => Act("StopScreen", argument, new SessionAction.StopScreen());

    public Task<HubReply> Sync(JsonElement argument) => Run<SyncCommand>("Sync", argument, commands.Sync);

    private async Task Forget(HubConnection connection)
    {
        GatewayTelemetry.Connections(-1);
        await commands.ConnectionLost(connection);
        await presence.Left(connection.UserId);
        connection.Close();
    }

    private Task<HubReply> Act(string name, JsonElement argument, SessionAction action) => Run<SessionCommand>(
        name, argument, (connection, command) => commands.Act(connection, command.SessionId, action));

    private async Task<HubReply> Run<TCommand>(
        string name, JsonElement argument, Func<HubConnection, TCommand, Task<HubReply>> act, bool takesTurns = true)
        where TCommand : class, IHubCommand
    {
        var connection = (HubConnection)Context.Items[typeof(HubConnection)]!;
        var reply = await Answer(name, connection, argument, act, takesTurns);
        GatewayTelemetry.Command(name, reply.Error?.Refusal);
        return reply;
    }

    private async Task<HubReply> Answer<TCommand>(
        string name, HubConnection connection, JsonElement argument, Func<HubConnection, TCommand, Task<HubReply>> act, bool takesTurns)
        where TCommand : class, IHubCommand
    {
        // 1. Signed in, and within the budget?
        if (connection.SignedOut) { return HubReply.Refuse(Refusal.Unauthenticated); }

        var command = Read<TCommand>(argument, out var problem);
        if (limits.RefuseHub(connection.UserId, TheirSession(connection, command)) is { } wait) { return HubReply.Refuse(Refusal.RateLimited, retryAfter: wait); }

        // 2. Readable?
        if (command is null) { return HubReply.Refuse(Refusal.Invalid, problem); }

        // 3. In turn, as part of the client's trace.
        using var span = GatewayTelemetry.Start($"hub {name}", command.Traceparent);
        try
        {
            return takesTurns ? await InTurn(connection, () => act(connection, command)) : await act(connection, command);
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered, and nothing was done.
            return HubReply.Refuse(Refusal.Unavailable);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A grain that does not answer, a database that is away: the client may try again.
            GatewayLog.CommandFailed(log, fault, name);
            return HubReply.Refuse(Refusal.Unavailable);
        }
    }

    private async Task<HubReply> InTurn(HubConnection connection, Func<Task<HubReply>> act)
    {
        await connection.Turn.WaitAsync(Context.ConnectionAborted);
        try
        {
            return await act();
        }
        finally
        {
            connection.Turn.Release();
        }
    }

    // What names a session that is theirs counts for it, all else for the user: another connection brings no other budget.
    private SessionId? TheirSession(HubConnection connection, IHubCommand? command) =>
        command is ISessionCommand { SessionId: var id } && sessions.Find(id)?.User == connection.UserId ? id : null;

    private static TCommand? Read<TCommand>(JsonElement argument, out string? problem) where TCommand : class
    {
        problem = null;
        try
        {
            return argument.Deserialize<TCommand>(Contracts.Protocol.ProtocolJson.Client);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The path names the member; the text of the message would name our types.
            problem = malformed is JsonException { Path: { } path } ? $"The argument is malformed at {path}." : null;
            return null;
        }
    }
}
