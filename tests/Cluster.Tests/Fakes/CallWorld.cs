using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Gateways;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Participants;
using Calls.Contracts.Workspace;
using Calls.Grains;
using Calls.Support;
using Calls.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>A grain host with a chat, media nodes and a gateway around it, and the steps that a client's wishes take through them.</summary>
internal sealed class CallWorld : IAsyncDisposable
{
    private readonly List<ScriptedNode> _nodes = [];
    private GrainTestHost _host = null!;
    private IGatewayObserver _observer = null!;
    private int _connections;

    public FakeWorkspace Workspace { get; } = new();

    public FakeRecords Records { get; } = new();

    public RecordingGateway Gateway { get; } = new();

    public ManualTime Time { get; } = new();

    public TestedStorage Storage => _host.Options.Storage;

    public ScriptedNode Node => _nodes[0];

    public IGrainFactory Grains => _host.Grains;

    public GatewaySubscription Subscription => new(new GatewayId("gateway-1"), _observer);

    /// <param name="idleAge">How long a grain that nobody calls stays in memory; null: as usual.</param>
    public static async Task<CallWorld> Start(Dictionary<string, string?>? settings = null, int nodes = 1, TimeSpan? idleAge = null)
    {
        var world = new CallWorld();
        for (var i = 0; i < nodes; i++) { world._nodes.Add(new ScriptedNode(load: i / 10.0)); }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        world._host = await GrainTestHost.Start(options =>
        {
            options.Time = world.Time;
            options.CollectionAge = idleAge ?? options.CollectionAge;
            options.Services = services =>
            {
                services.AddSingleton<IWorkspace>(world.Workspace);
                services.AddSingleton<IRecords>(world.Records);
                services.AddCallsGrains(configuration);
                foreach (var node in world._nodes) { services.AddSingleton<IMediaNode>(node); }
            };
        });
        await world.Connect();
        return world;
    }

    public ScriptedNode NodeAt(int index) => _nodes[index];

    public async Task KillAndRestart()
    {
        await _host.KillAndRestart();
        await Connect();
    }

    public Task Deactivate(CallId call) => _host.Deactivate(Call(call));

    public Task<bool> IsInMemory(CallId call) => _host.IsInMemory(Call(call));

    public Task Deactivate(UserId user) => _host.Deactivate(Grains.GetGrain<Contracts.Users.IUserGrain>(user.Value));

    public ICallGrain Call(CallId call) => Grains.GetGrain<ICallGrain>(call.Value);

    public IChannelGrain Channel(ChannelId channel) => Grains.GetGrain<IChannelGrain>(channel.Value);

    public IHostGrain Host(CallId call) => Grains.GetGrain<IHostGrain>(call.Value);

    public IMediaNodeGrain NodeGrain(ScriptedNode node) => Grains.GetGrain<IMediaNodeGrain>(node.Id.Value);

    public IParticipantGrain Participant(CallId call, UserId user) =>
        Grains.GetGrain<IParticipantGrain>(new ParticipantKey(call, user).GrainKey);

    public Task<Answer<OpenedCall>> Open(ChannelId channel, UserId user, string? title = null) =>
        Channel(channel).Open(new OpenCall(user, title, ThreadId: null));

    public async Task<Member> Join(ChannelId channel, UserId user)
    {
        var opened = await Open(channel, user);
        Assert.True(opened.IsAccepted, $"Open was refused: {opened.Refusal}");
        return await JoinCall(opened.Value!.Call, user);
    }

    public async Task<Member> JoinCall(CallId call, UserId user)
    {
        var (joined, member) = await TryJoin(call, user);
        Assert.True(joined.IsAccepted, $"Join was refused: {joined.Refusal}");
        return member;
    }

    public async Task<(Answer<JoinedSession> Answer, Member Member)> TryJoin(
        CallId call, UserId user, string? operation = null, string? traceParent = null, SessionId? from = null)
    {
        var connection = new ConnectionId($"connection-{++_connections}");
        var session = TestIds.New<SessionId>();
        var token = new ResumeToken($"token-of-{session}");
        var joined = await Participant(call, user).Join(new JoinSession(
            session, token, operation, connection, Subscription, new Device("Laptop", null, null), Muted: false, Video: false,
            VoiceSlots: 3, SessionKind.Participant, traceParent, from));
        return (joined, new Member(call, user, joined.Value?.SessionId ?? session, connection, joined.Value?.ResumeToken ?? token));
    }

    public Task<Answer<MediaAnswer>> Offer(Member member, string sdp = "offer", int? generation = null) =>
        Participant(member.Call, member.User).Offer(member.Connection, new MediaOffer(member.Session, sdp, generation, Number: null));

    public Task<Answer<ResumedSession>> Resume(Member member, long lastSeq, string nextToken = "next") =>
        Participant(member.Call, member.User).Resume(new ResumeSession(
            member.Session, member.Token, new ResumeToken(nextToken), new ConnectionId($"connection-{++_connections}"), Subscription, lastSeq));

    /// <summary>The node says that a session's media is up.</summary>
    public async Task MediaUp(Member member, int generation = 1, ScriptedNode? node = null)
    {
        var carrier = node ?? Node;
        carrier.Connect(member.Call, member.Session);
        await Report(carrier, member.Call, new NodeEvent.Connected(
            Time.GetUtcNow(), member.Call, member.Session, generation, "udp", "AEAD_AES_128_GCM", 10, 10));
    }

    public Task Report(ScriptedNode node, CallId call, params ImmutableArray<NodeEvent> events) =>
        Call(call).NodeReported(node.Id, node.Incarnation, events);

    /// <summary>The node says that it lives, and how it is.</summary>
    public async Task Beat(ScriptedNode node)
    {
        if (await NodeGrain(node).Heartbeat(node.Heartbeat) is null) { await Register(node); }
    }

    public Task Register(ScriptedNode node) => NodeGrain(node).Register(new NodeRegistration(node.Description, node.NextSequence));

    /// <summary>The gateway renews, as it does every 10 s.</summary>
    public Task Renew(CallId call, params ImmutableArray<SessionId> sessions) => Call(call).Watch(Subscription, sessions);

    /// <summary>The user has a hub connection at the gateway.</summary>
    public Task WatchUser(UserId user) => Grains.GetGrain<Contracts.Users.IUserGrain>(user.Value).Watch(Subscription);

    public Task RenewChannel(ChannelId channel) => Channel(channel).Watch(Subscription);

    /// <summary>Time passes a second at a time, while nodes beat and the gateway renews: as in a service where nothing is wrong.</summary>
    public async Task Pass(TimeSpan time, CallId call, params ImmutableArray<SessionId> sessions)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            foreach (var node in _nodes.Where(node => node.Refusal is null)) { await Beat(node); }

            await Renew(call, sessions);
        }
    }

    /// <summary>As <see cref="Pass(TimeSpan, CallId, ImmutableArray{SessionId})"/>, until what is expected is seen.</summary>
    public Task Pass(string until, Func<bool> seen, CallId call, params ImmutableArray<SessionId> sessions) => Eventually.Sees(
        until,
        async () =>
        {
            await Pass(TimeSpan.FromSeconds(1), call, sessions);
            return seen();
        },
        holds => holds);

    /// <summary>As <see cref="Pass(TimeSpan, CallId, ImmutableArray{SessionId})"/>, until a node that is not heard is given up.</summary>
    public Task GiveUp(ScriptedNode node, CallId call, params ImmutableArray<SessionId> sessions) => Eventually.Sees(
        "the node is given up",
        async () =>
        {
            await Pass(TimeSpan.FromSeconds(1), call, sessions);
            return await NodeGrain(node).Describe() is null;
        },
        holds => holds);

    /// <summary>Time passes a second, or what is said, at a time, and no gateway is heard of, until what is expected is seen.</summary>
    public Task PassInSilence(string until, Func<Task<bool>> seen, int seconds = 1) => Eventually.Sees(
        until,
        async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(seconds));
            foreach (var node in _nodes) { await NodeGrain(node).Heartbeat(node.Heartbeat); }

            return await seen();
        },
        holds => holds);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task Connect()
    {
        _observer = Grains.CreateObjectReference<IGatewayObserver>(Gateway);
        foreach (var node in _nodes) { await Register(node); }
    }

    /// <summary>One device in a call.</summary>
    internal sealed record Member(CallId Call, UserId User, SessionId Session, ConnectionId Connection, ResumeToken Token);
}
