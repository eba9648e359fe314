using Calls.Contracts.Calls;

namespace Calls.Contracts.Gateways;

/// <summary>One gateway, as the grains see it: news on its way to the sockets it holds.</summary>
[Alias("IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>Delivers one event. Messages overtake each other: the gateway restores the order by <see cref="News.Seq"/>.</summary>
    [OneWay, Alias("Tell")]
    Task Tell(News news);

    /// <summary>Says the highest sequence number of a call, so that a lost last event shows.</summary>
    [OneWay, Alias("TellProgress")]
    Task TellProgress(CallId call, long seq);
}

/// <summary>One event and whom it is for.</summary>
/// <param name="Seq">The event's place in the order of its call; null for events that are not part of it.</param>
[GenerateSerializer, Immutable, Alias("News")]
public sealed record News(
    Audience Audience, DateTimeOffset At, long? Seq, CallId? CallId, ChannelId? ChannelId, CallEvent Event);

/// <summary>Whom an event is for. A closed hierarchy.</summary>
[GenerateSerializer, Immutable, Alias("Audience")]
public abstract record Audience
{
    private Audience() { }

    /// <summary>Every session of a call (P).</summary>
    [GenerateSerializer, Immutable, Alias("Audience.Participants")]
    public sealed record Participants(CallId Call) : Audience;

    /// <summary>Every online member of a channel (C).</summary>
    [GenerateSerializer, Immutable, Alias("Audience.Channel")]
    public sealed record Channel(ChannelId Id) : Audience;

    /// <summary>A user on all devices (U).</summary>
    [GenerateSerializer, Immutable, Alias("Audience.User")]
    public sealed record User(UserId Id) : Audience;

    /// <summary>A user on all devices, and every online member of a channel they are in. A connection hears it once.</summary>
    [GenerateSerializer, Immutable, Alias("Audience.Acquaintances")]
    public sealed record Acquaintances(UserId About, ImmutableArray<ChannelId> Channels) : Audience;

    /// <summary>One session.</summary>
    [GenerateSerializer, Immutable, Alias("Audience.Session")]
    public sealed record Session(SessionId Id) : Audience;

    /// <summary>Everybody who is signed in.</summary>
    [GenerateSerializer, Immutable, Alias("Audience.Everyone")]
    public sealed record Everyone : Audience;
}

/// <summary>A gateway that wants news, as a grain hands it on to another.</summary>
[GenerateSerializer, Immutable, Alias("GatewaySubscription")]
public sealed record GatewaySubscription(GatewayId Gateway, IGatewayObserver Observer);
