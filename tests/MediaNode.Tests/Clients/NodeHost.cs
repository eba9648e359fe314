using System.Security.Cryptography;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Control;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.MediaNode.Tests.Clients;

/// <summary>A whole media node in this process, on a free port of the loopback, with its HTTP API.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    public const string Key = "a-node-key-of-at-least-32-characters";
    public const string OldKey = "another-key-of-at-least-32-characters";

    private readonly WebApplication _app;
    private readonly string _data;

    private NodeHost(WebApplication app, RecordingControlPlane controlPlane, string data)
    {
        _app = app;
        _data = data;
        ControlPlane = controlPlane;
        Node = app.Services.GetRequiredService<IMediaNode>();
        Runtime = app.Services.GetRequiredService<MediaNodeRuntime>();
        Incarnation = app.Services.GetRequiredService<NodeIdentity>().Incarnation;
    }

    public RecordingControlPlane ControlPlane { get; }

    public IMediaNode Node { get; }

    public MediaNodeRuntime Runtime { get; }

    public string Incarnation { get; }

    public static async Task<NodeHost> Start(
        int threads = 1, Dictionary<string, string?>? settings = null, TimeProvider? time = null, HostNames? names = null, bool isAlone = false)
    {
        var data = Path.Combine(Path.GetTempPath(), "calls-node-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Calls:Data"] = data,
            ["Calls:Media:Port"] = "0",
            ["Calls:Media:WarmUp"] = "0",
            ["Calls:Media:Addresses"] = "127.0.0.1",
            ["Calls:Media:Threads"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Calls:Media:NodeKey"] = $"{Key},{OldKey}",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var controlPlane = new RecordingControlPlane { IsGone = isAlone };
        builder.Services.AddSingleton<IMediaNodeEvents>(controlPlane);
        if (time is not null) { builder.Services.AddSingleton(time); }
        if (names is not null) { builder.Services.AddSingleton(names); }

        builder.Services.AddCallsMediaNode(builder.Configuration);

        // Also where the settings name a control plane elsewhere.
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ControlPlaneLink>(
            provider, (IMediaNodeEvents)controlPlane));
        var app = builder.Build();
        app.UseRouting();
        app.MapCallsMediaNode();
        await app.StartAsync();
        return new NodeHost(app, controlPlane, data);
    }

    public static T NewId<T>() where T : struct, IId<T> => IdText.Create<T>(RandomNumberGenerator.GetBytes(IdText.EntropyBytes));

    public static Reservation Room(int generation = 1, bool muted = false, string? traceParent = null) => new(
        generation,
        SessionKind.Participant,
        new MediaPermissions(1, MayPublishVoice: true, MayPublishScreen: false, muted),
        VoiceSlots: 3,
        ExpiresInSeconds: 30,
        traceParent);

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public HttpClient Http(string? key = Key)
    {
        var http = _app.GetTestClient();
        if (key is not null) { http.DefaultRequestHeaders.Add("Authorization", "Bearer " + key); }

        http.DefaultRequestHeaders.Add(NodeApi.IncarnationHeader, Incarnation);
        return http;
    }

    public NodeSession Session(CallId call) => new(Incarnation, call, NewId<SessionId>());

    /// <summary>Reserves, offers, and connects a client.</summary>
    public async Task<UdpClientPeer> Join(NodeSession session, Reservation? reservation = null, OpenSslClientSetup? setup = null)
    {
        var reserved = await Node.Reserve(session, reservation ?? Room(), CancellationToken.None);
        Assert.Null(reserved.Error);
        var client = new UdpClientPeer(setup);
        var answer = await Node.Answer(
            session, new NodeSdpOffer((reservation ?? Room()).Generation, 1, client.Offer()), CancellationToken.None);
        Assert.True(answer.IsAccepted, $"{answer.Error} {answer.Detail}");
        client.Accept(answer.Value!.Sdp);
        await Task.Run(() => client.Connect());
        return client;
    }

    /// <summary>What SIGTERM does: the host goes down by all its steps, with its own patience.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
