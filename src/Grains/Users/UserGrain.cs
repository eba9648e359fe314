using Calls.Contracts.Gateways;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Options;

namespace Calls.Grains.Users;

/// <summary>One user across calls and devices. Gateways are kept in memory: they tell anew, and those that do not are gone.</summary>
[GrainType("user")]
internal sealed partial class UserGrain(
    [PersistentState("user")] IPersistentState<UserState> record,
    IWorkspace workspace,
    IOptionsMonitor<CallsGrainOptions> options,
    TimeProvider time,
    ILogger<UserGrain> log)
    : Grain, IUserGrain, IRemindable
{
    private readonly GatewayFanOut _gateways = new(time);
    private UserState _user = new();

    private UserId Id => UserId.From(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _user = UserTransitions.Reawaken(record.State, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task Announce(CallEvent news, CallId? call, ChannelId? channel)
    {
        _gateways.Tell(new News(new Audience.User(Id), time.GetUtcNow(), Seq: null, call, channel, news));
        return Task.CompletedTask;
    }

    public Task AnnounceWidely(CallEvent news, ImmutableArray<ChannelId> channels, ImmutableArray<GatewaySubscription> gateways)
    {
        _gateways.Tell(new News(new Audience.Acquaintances(Id, channels), time.GetUtcNow(), Seq: null, CallId: null, ChannelId: null, news), gateways);
        return Task.CompletedTask;
    }

    public Task EnteredCall(CallId call, ChannelId channel)
    {
        Entered(log, Id, call);
        return Remember(UserTransitions.Enter(_user, call, channel, time.GetUtcNow()));
    }

    public Task LeftCall(CallId call)
    {
        Left(log, Id, call);
        return Remember(UserTransitions.Leave(_user, call));
    }

    public Task<ImmutableArray<CurrentCall>> CurrentCalls() => Task.FromResult<ImmutableArray<CurrentCall>>(
        [.. UserTransitions.Present(_user, time.GetUtcNow()).Select(call => new CurrentCall(call.Call, call.Channel))]);

    private Task Remember(UserState user)
    {
        _user = user;
        return UserTransitions.IsWorthSaving(record.State, user) ? record.Save(user, DeactivateOnIdle) : Task.CompletedTask;
    }
}
