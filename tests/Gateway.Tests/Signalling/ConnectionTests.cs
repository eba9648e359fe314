using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Signalling;
using Calls.Gateway.Tests.Host;
using Calls.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Tests.Signalling;

/// <summary>Connections that do not come to be, or end while a command of theirs is on its way.</summary>
public sealed class ConnectionTests(ConnectionTests.Program program) : IClassFixture<ConnectionTests.Program>
{
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");

    [Fact]
    public async Task A_connection_that_fails_on_its_way_in_leaves_nothing_behind()
    {
        var bob = await Person.SignIn(program, "bob");
        program.OnArrival = (user, _) => user.Value == bob.Id ? throw new TimeoutException("The workspace is away.") : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<Exception>(bob.Connect);

        await IsForgotten(bob);
    }

    [Fact]
    public async Task A_client_that_goes_while_it_connects_leaves_nothing_behind_and_is_no_fault()
    {
        var carol = await Person.SignIn(program, "carol");
        var arriving = new TaskCompletionSource();
        program.OnArrival = (user, gone) =>
        {
            if (user.Value != carol.Id) { return Task.CompletedTask; }

            arriving.TrySetResult();
            return Task.Delay(Timeout.Infinite, gone);
        };
        var address = new UriBuilder(new Uri(program.Server.BaseAddress, CallsHub.Path)) { Query = "access_token=" + carol.Token };
        using (var socket = await program.Server.CreateWebSocketClient().ConnectAsync(address.Uri, default))
        {
            await socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, default);
            await Eventually.Comes("the question for the channels", arriving.Task);
            socket.Abort();
        }

        await IsForgotten(carol);
        Assert.DoesNotContain(program.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Canceled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_waits_for_its_turn_ends_with_its_connection_and_is_no_fault()
    {
        var dave = await Person.SignIn(program, "dave");
        var user = await program.Services.GetRequiredService<IWorkspace>().Users.Find(UserId.From(dave.Id), default);
        var connection = new HubConnection("waiting", new CurrentUser(user!, "none"), () => { });
        using var context = new Context(connection);
        using var hub = ActivatorUtilities.CreateInstance<CallsHub>(program.Services);
        hub.Context = context;
        await connection.Turn.WaitAsync();

        var waiting = hub.Sync(JsonSerializer.SerializeToElement(new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" }));
        context.Abort();

        Assert.Equal(Refusal.Unavailable, (await waiting).Error?.Refusal);
        Assert.DoesNotContain(program.Logs.Lines, line => line.Contains("Hub command Sync failed", StringComparison.Ordinal));
    }

    private async Task IsForgotten(Person person)
    {
        var sessions = program.Services.GetRequiredService<SessionConnections>();
        await Eventually.True("no connection of theirs is held", () => !sessions.Has(UserId.From(person.Id)));

        // Sooner than by the renewals that do not come.
        await Eventually.Sees("they are offline", async () => (await person.Get("me")).Get("status"), status => status == "offline");
    }

    public sealed class Program : CallsProgram
    {
        /// <summary>What happens when a connection's channels are asked for.</summary>
        public Func<UserId, CancellationToken, Task> OnArrival { get; set; } = (_, _) => Task.CompletedTask;

        internal KeptLogs Logs { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Presence:OfflineAfter"] = "00:00:00.1",
        };

        protected override void Configure(IServiceCollection services)
        {
            services.AddLogging(logs => logs.AddProvider(Logs));
            var registered = services.Last(service => service.ServiceType == typeof(IChannels));
            services.AddSingleton(provider => Between<IChannels>.Of(
                (IChannels)(registered.ImplementationFactory?.Invoke(provider)
                    ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)),
                (method, arguments, pass) => method.Name == nameof(IChannels.IdsOf) ? IdsOf(arguments, pass) : pass()));
        }

        private async Task<ImmutableArray<ChannelId>> IdsOf(object?[] arguments, Func<object?> pass)
        {
            await OnArrival((UserId)arguments[0]!, (CancellationToken)arguments[1]!);
            return await (Task<ImmutableArray<ChannelId>>)pass()!;
        }
    }

    /// <summary>What SignalR tells a hub of its connection.</summary>
    private sealed class Context : HubCallerContext, IDisposable
    {
        private readonly CancellationTokenSource _gone = new();

        public Context(HubConnection connection) => Items[typeof(HubConnection)] = connection;

        public override string ConnectionId => "waiting";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => null;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => _gone.Token;

        public override void Abort() => _gone.Cancel();

        public void Dispose() => _gone.Dispose();
    }
}
