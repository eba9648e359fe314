using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Calls.MediaNode.Tests.Clients;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Benchmarks.Joins;

/// <summary>
/// One device: a hub connection that is there before the click, as a page has it, and for each call a peer with ICE, OpenSSL's DTLS and
/// SRTP over real UDP.
/// </summary>
internal sealed class Device : IAsyncDisposable
{
    private const string Word = "voice"; // What every speaker says.

    // As the protocol says.
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_silenceMax = TimeSpan.FromSeconds(15);

    private readonly HubConnection _hub;
    private UdpClientPeer? _peer;
    private string _nodePassword = "";
    private string? _session;
    private long _events;

    public Device(Uri server, string token)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/calls"), connection =>
            {
                connection.SkipNegotiation = true;
                connection.Transports = HttpTransportType.WebSockets;
                connection.AccessTokenProvider = () => Task.FromResult<string?>(token);
            })
            .WithKeepAliveInterval(s_keepAlive)
            .WithServerTimeout(s_silenceMax)
            .Build();
        _hub.On<JsonElement>("event", _ => Interlocked.Increment(ref _events));
    }

    /// <summary>Events it was told.</summary>
    public long Events => Interlocked.Read(ref _events);

    public Task Connect() => _hub.StartAsync();

    /// <summary>Makes what a client can have before the click: certificate, socket, the next peer.</summary>
    public void Prepare()
    {
        _peer?.Dispose();
        _peer = new UdpClientPeer();
    }

    /// <summary>Joins, and listens until the first packet of somebody's voice is opened.</summary>
    /// <param name="clickedAt">When the user clicked, by <see cref="Stopwatch"/>.</param>
    public async Task<JoinTimes> Join(string channel, long clickedAt)
    {
        var joinedAt = await Enter(channel);
        var answeredAt = await Offer();
        var (connectedAt, heardAt) = await OnItsOwnThread(() =>
        {
            _peer!.Connect();
            var connected = Stopwatch.GetTimestamp();
            _peer.ListenFor(Word);
            return (connected, Stopwatch.GetTimestamp());
        });
        return new JoinTimes(
            Milliseconds(clickedAt, joinedAt),
            Milliseconds(joinedAt, answeredAt),
            Milliseconds(answeredAt, connectedAt),
            Milliseconds(clickedAt, heardAt));
    }

    /// <summary>Joins as one who speaks: everybody else of the call waits for this voice.</summary>
    public async Task JoinAsSpeaker(string channel)
    {
        Prepare();
        await Enter(channel);
        await Offer();
        await OnItsOwnThread(() =>
        {
            _peer!.Connect();
            return 0;
        });
        await Ask("Unmute", new { sessionId = _session });
    }

    /// <summary>One packet of voice.</summary>
    public void Say() => _peer!.Say(Word);

    /// <summary>Says that it is still there, as a browser does every few seconds; the answer is not waited for.</summary>
    public void Check() => _peer!.SendRaw(_peer.WriteCheck(RandomNumberGenerator.GetBytes(12), _nodePassword, nominates: false));

    public async Task Leave()
    {
        _peer!.Dispose();
        _peer = null;
        await Ask("Leave", new { sessionId = _session });
    }

    public async ValueTask DisposeAsync()
    {
        _peer?.Dispose();
        await _hub.DisposeAsync();
    }

    private async Task<long> Enter(string channel)
    {
        var joined = await Ask("Join", new { channelId = channel, operationId = Guid.NewGuid(), device = new { name = "benchmark" } });
        _session = joined.GetProperty("sessionId").GetString();
        return Stopwatch.GetTimestamp();
    }

    private async Task<long> Offer()
    {
        var answer = await Ask("Offer", new { sessionId = _session, sdp = _peer!.Offer(), generation = 1, number = 1 });
        var at = Stopwatch.GetTimestamp();
        var sdp = answer.GetProperty("sdp").GetString()!;
        _nodePassword = ClientOffer.Read(sdp, "ice-pwd");
        _peer.Accept(sdp);
        return at;
    }

    private async Task<JsonElement> Ask(string method, object argument)
    {
        var reply = await _hub.InvokeAsync<JsonElement>(method, argument);
        return reply.GetProperty("ok").GetBoolean()
            ? reply.GetProperty("value")
            : throw new RefusedException($"{method}: {reply.GetProperty("error").GetProperty("code").GetString()}");
    }

    // The peer waits on its socket; a thread of the pool must not.
    private static Task<T> OnItsOwnThread<T>(Func<T> act) =>
        Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}

/// <summary>How long the steps of a join took, in milliseconds.</summary>
/// <param name="Join">Click → answer of <c>Join</c>.</param>
/// <param name="Offer">From then → answer of <c>Offer</c>.</param>
/// <param name="Connect">From then → ICE and DTLS are done.</param>
/// <param name="FirstPacket">Click → the first packet of a voice is opened.</param>
internal readonly record struct JoinTimes(double Join, double Offer, double Connect, double FirstPacket);

/// <summary>The service said no.</summary>
internal sealed class RefusedException(string reason) : Exception(reason);
