using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;

namespace Calls.Contracts.Users;

/// <summary>One user across calls and devices. Key: the <see cref="UserId"/>.</summary>
[Alias("IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Renewed by each gateway on which the user has a hub connection; forgotten after 25 s.</summary>
    [Alias("Watch")]
    Task Watch(GatewaySubscription gateway);

    /// <summary>The user has no hub connection on this gateway any more. With none on any other, they are offline after a pause.</summary>
    [Alias("Unwatch")]
    Task Unwatch(GatewayId gateway);

    /// <summary>Tells all of the user's devices something.</summary>
    /// <param name="call">The call it is about; null when it is about none.</param>
    /// <param name="channel">The channel it is about; null when it is about none.</param>
    [Alias("Announce")]
    Task Announce(CallEvent news, CallId? call, ChannelId? channel);

    /// <summary>Tells all of the user's devices, and all who share one of these channels with the user: what is about the user themselves.</summary>
    /// <param name="gateways">Those that have online members of the channels; each is told once.</param>
    [Alias("AnnounceWidely")]
    Task AnnounceWidely(CallEvent news, ImmutableArray<ChannelId> channels, ImmutableArray<GatewaySubscription> gateways);

    /// <summary>The user has a session in this call now.</summary>
    [OneWay, Alias("EnteredCall")]
    Task EnteredCall(CallId call, ChannelId channel);

    /// <summary>The user has no session in this call any more.</summary>
    [OneWay, Alias("LeftCall")]
    Task LeftCall(CallId call);

    /// <summary>The calls the user is in on any device.</summary>
    [ReadOnly, Alias("CurrentCalls")]
    Task<ImmutableArray<CurrentCall>> CurrentCalls();
}

/// <summary>A call a user is in.</summary>
[GenerateSerializer, Immutable, Alias("CurrentCall")]
public sealed record CurrentCall(CallId CallId, ChannelId ChannelId);
