using Calls.Contracts.Gateways;
using Calls.Contracts.Users;

namespace Calls.Grains.Users;

/// <summary>
/// One user across calls and devices. In memory: gateways and calls tell it anew, and what they no longer tell is over.
/// </summary>
[GrainType("user")]
internal sealed partial class UserGrain(TimeProvider time, ILogger<UserGrain> log) : Grain, IUserGrain
{
    /// <summary>Calls tell anew every 30 s; a call not heard of for five times that long is over or this user is out of it.</summary>
    public static readonly TimeSpan CallForgottenAfter = TimeSpan.FromSeconds(150);

    private readonly GatewayFanOut _gateways = new(time);
    private readonly Dictionary<CallId, (ChannelId Channel, DateTimeOffset HeardAt)> _calls = [];

    private UserId Id => UserId.From(this.GetPrimaryKeyString());

    public Task Watch(GatewaySubscription gateway)
    {
        _gateways.Renew(gateway);
        return Task.CompletedTask;
    }

    public Task Announce(CallEvent news)
    {
        _gateways.Tell(new News(new Audience.User(Id), time.GetUtcNow(), Seq: null, CallId: null, ChannelId: null, news));
        return Task.CompletedTask;
    }

    public Task EnteredCall(CallId call, ChannelId channel)
    {
        if (!_calls.ContainsKey(call)) { Entered(log, Id, call); }

        _calls[call] = (channel, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task LeftCall(CallId call)
    {
        if (_calls.Remove(call)) { Left(log, Id, call); }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<CurrentCall>> CurrentCalls()
    {
        var forgottenSince = time.GetUtcNow() - CallForgottenAfter;
        return Task.FromResult<ImmutableArray<CurrentCall>>(
        [
            .. _calls.Where(call => call.Value.HeardAt > forgottenSince)
                .Select(call => new CurrentCall(call.Key, call.Value.Channel)),
        ]);
    }
}
