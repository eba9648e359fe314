using System.Security.Cryptography;
using Calls.Contracts.Channels;
using Calls.Contracts.Gateways;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.Options;

namespace Calls.Grains.Channels;

/// <summary>The call slot of one conversation. All starts pass through its one queue, so there is never a second call.</summary>
[GrainType("channel")]
internal sealed partial class ChannelGrain(
    [PersistentState("channel")] IPersistentState<ChannelState> record,
    IWorkspace workspace,
    IOptionsMonitor<CallsGrainOptions> options,
    TimeProvider time,
    ILogger<ChannelGrain> log)
    : Grain, IChannelGrain, ICallNews
{
    private readonly GatewayFanOut _gateways = new(time);

    private ChannelId Id => ChannelId.From(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (record.State.Pending is not null) { this.RegisterGrainTimer(FinishCutOff, TimeSpan.Zero, Timeout.InfiniteTimeSpan); }

        return Task.CompletedTask;
    }

    public async Task<Answer<OpenedCall>> Open(OpenCall request)
    {
        using var span = GrainTelemetry.Start("channel.open");
        return GrainTelemetry.Answered("channel.open", await FindOrStart(request));
    }

    public async Task<ChannelCalls> Look()
    {
        var call = record.State is { Pending: null, Call: { } running } ? await Call(running).Look() : null;

        // Nobody is told of a call before somebody is in it.
        return new ChannelCalls(!record.State.CallsOff, call is { Sessions.IsEmpty: false } ? call : null);
    }

    public async Task<Answer> SetCallsEnabled(bool enabled)
    {
        if (record.State.CallsOff == !enabled) { return Answer.Accepted; }

        await Save(record.State with { CallsOff = !enabled });
        await Announce(new CallEvent.CallsPolicyChanged(Id, enabled));
        return Answer.Accepted;
    }

    public async Task Archived(UserId by)
    {
        if (record.State.Call is not { } call) { return; }

        ArchivedUnder(log, Id, call, by);
        await Call(call).End(CallEndReason.ChannelArchived);
    }

    public Task Watch(GatewaySubscription gateway)
    {
        _gateways.Renew(gateway);

        // Handed down each time: the call keeps them in memory, and may have been re-activated since. One whose start was cut off may
        // not be there yet, and would say that it is over.
        return record.State is { Call: { } call, Pending: null }
            ? Call(call).SetChannel(this.AsReference<ICallNews>(), _gateways.Present)
            : Task.CompletedTask;
    }

    public Task<ImmutableArray<GatewaySubscription>> Gateways() => Task.FromResult(_gateways.Present);

    public Task Announce(CallEvent news)
    {
        _gateways.Tell(new News(new Audience.Channel(Id), time.GetUtcNow(), Seq: null, CallId: null, Id, news));
        return Task.CompletedTask;
    }

    public Task CallEnded(CallId call) => Save(ChannelTransitions.Free(record.State, call));

    private async Task<Answer<OpenedCall>> FindOrStart(OpenCall request)
    {
        if (ChannelTransitions.RefuseRequest(request) is { } malformed) { return Answer<OpenedCall>.Refuse(malformed); }

        var standing = await workspace.Channels.Standing(Id, request.User, CancellationToken.None);
        if (ChannelTransitions.RefuseJoin(standing) is { } refusal) { return Answer<OpenedCall>.Refuse(refusal); }

        await FinishCutOff();

        if (record.State.Call is { } running && await Call(running).IsRunning()) { return new OpenedCall(running); }

        var mayStart = ChannelTransitions.MayStart(standing!, record.State, options.CurrentValue.Policy.Start);
        return mayStart.IsAccepted ? await Begin(request, standing!.Kind) : Answer<OpenedCall>.Refuse(mayStart);
    }

    private async Task<Answer<OpenedCall>> Begin(OpenCall request, ChannelKind kind)
    {
        var id = IdText.Create<CallId>(RandomNumberGenerator.GetBytes(IdText.EntropyBytes));
        await Save(ChannelTransitions.Begin(record.State, id, request, kind, time.GetUtcNow()));
        var answer = await Finish(record.State.Pending!);
        if (!answer.IsAccepted) { return Answer<OpenedCall>.Refuse(answer); }

        CallOpened(log, Id, id);
        return new OpenedCall(id);
    }

    // A start that was cut off, by a crash or by a workspace that was away, is finished first: its post may be there already.
    // If nobody wants the call any more it fails by itself and takes the post with it.
    private async Task FinishCutOff()
    {
        if (record.State.Pending is { } cutOff) { await Finish(cutOff); }
    }

    // Each step may be repeated. A node, then the post, then the call may be joined.
    private async Task<Answer> Finish(PendingStart start)
    {
        var call = Call(start.Call);
        var answer = await call.Start(new CallStart(
            Id, start.StartedBy, start.Title, start.StartsMuted, this.AsReference<ICallNews>(), _gateways.Present));
        if (answer.IsAccepted) { answer = await MakePost(call, start); }

        if (!answer.IsAccepted) { StartFailed(log, Id, start.Call, answer.Refusal); }

        await Save(answer.IsAccepted ? ChannelTransitions.Finish(record.State) : ChannelTransitions.Free(record.State, start.Call));
        return answer;
    }

    private async Task<Answer> MakePost(ICallGrain call, PendingStart start)
    {
        var made = await workspace.Posts.Create(CallPost.Of(Id, start), CancellationToken.None);
        if (!made.IsAccepted)
        {
            await call.End(CallEndReason.Failed);
            return made.Plain;
        }

        var post = made.Value!;
        var attached = await call.AttachPost(post.Id, post.ThreadId ?? post.Id);
        if (attached.IsAccepted) { return attached; }

        // Making the post has taken longer than a call waits for its first.
        await workspace.Posts.Delete(post.Id, CancellationToken.None);
        return Answer.Refuse(Refusal.Unavailable);
    }

    private ICallGrain Call(CallId id) => GrainFactory.GetGrain<ICallGrain>(id.Value);

    private Task Save(ChannelState state) => state == record.State ? Task.CompletedTask : record.Save(state, DeactivateOnIdle);
}
