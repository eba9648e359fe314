using System.Collections.Concurrent;
using System.Text.Json;
using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Signalling;
using Calls.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Host;

/// <summary>A gateway more beside the program's own, on the same grains; what grains tell it can get lost on the way.</summary>
internal sealed class OtherGateway : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly SessionConnections _sessions;
    private readonly GatewayObserver _observer;
    private Wire? _wire; // The grain host holds it weakly.

    public OtherGateway(IServiceProvider services)
    {
        _services = services;
        var grains = Between<IGrainFactory>.Of(services.GetRequiredService<IGrainFactory>(), (method, arguments, pass) =>
        {
            if (method.Name == nameof(IGrainFactory.CreateObjectReference)) { arguments[0] = _wire = new Wire((IGatewayObserver)arguments[0]!); }

            return pass();
        });
        _sessions = ActivatorUtilities.CreateInstance<SessionConnections>(services);
        _observer = ActivatorUtilities.CreateInstance<GatewayObserver>(services, _sessions, grains);
        Commands = ActivatorUtilities.CreateInstance<SessionCommands>(services, _sessions, _observer);
    }

    public SessionCommands Commands { get; }

    public GatewaySubscription Subscription => _observer.Subscription;

    /// <summary>Whether news gets lost from now on.</summary>
    public bool LosesNews { set => _wire!.IsCut = value; }

    /// <summary>What got lost.</summary>
    public IEnumerable<CallEvent> Lost => _wire!.Lost;

    /// <summary>A hub connection of this user, without its socket.</summary>
    public async Task<HubConnection> Connect(Person person)
    {
        var user = await _services.GetRequiredService<IWorkspace>().Users.Find(UserId.From(person.Id), default);
        var connection = new HubConnection(Guid.NewGuid().ToString("N"), new CurrentUser(user!, "none"), () => { });
        _sessions.Add(connection);
        return connection;
    }

    /// <summary>Waits for an event on its way to the connection's client, and takes all up to it.</summary>
    public static Task<JsonElement?> Hears(HubConnection connection, string type) => Eventually.Sees(
        $"an event {type}",
        () => connection.Outbox.TryRead(out var message) ? Argument(message) : (JsonElement?)null,
        message => message?.GetProperty("type").GetString() == type);

    public void Dispose() => _observer.Dispose();

    // Without the byte that ends a message.
    private static JsonElement Argument(EventMessage message) =>
        JsonSerializer.Deserialize<JsonElement>(message.Frame.Span[..^1]).GetProperty("arguments")[0];

    private sealed class Wire(IGatewayObserver gateway) : IGatewayObserver
    {
        public bool IsCut { get; set; }

        public ConcurrentQueue<CallEvent> Lost { get; } = [];

        public Task Tell(News news)
        {
            if (!IsCut) { return gateway.Tell(news); }

            Lost.Enqueue(news.Event);
            return Task.CompletedTask;
        }

        public Task TellProgress(CallId call, long seq) => gateway.TellProgress(call, seq);
    }
}
