using Calls.Cluster.Tests.Fakes;
using Calls.Contracts.Calls;
using Calls.Contracts.MediaNodes;
using Calls.Contracts.Workspace;
using Calls.Grains.Channels;
using Calls.Grains.MediaNodes;
using Calls.Support;
using Calls.TestHost;

namespace Calls.Cluster.Tests;

/// <summary>What was not saved is not remembered, and what is over is not kept.</summary>
public sealed class StorageTests
{
    [Fact]
    public async Task A_resume_that_fails_leaves_its_token_valid_3_3()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        world.Storage.Fails = state => state == "call";
        await CannotSave(() => world.Resume(member, lastSeq: 0, nextToken: "first"));

        world.Storage.Fails = _ => false;

        Assert.Equal("second", (await world.Resume(member, lastSeq: 0, nextToken: "second")).Value!.ResumeToken.Value);
        Assert.Equal(Refusal.ResumeLost, (await world.Resume(member, lastSeq: 0)).Refusal);
    }

    [Fact]
    public async Task A_switch_that_could_not_be_saved_is_not_believed()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        world.Storage.Fails = state => state == "channel";
        await CannotSave(() => world.Channel(channel).SetCallsEnabled(false));

        world.Storage.Fails = _ => false;
        Assert.True((await world.Channel(channel).Look()).CallsEnabled);
        Assert.True((await world.Channel(channel).SetCallsEnabled(false)).IsAccepted);

        await world.KillAndRestart();
        Assert.False((await world.Channel(channel).Look()).CallsEnabled);
    }

    [Fact]
    public async Task A_wish_to_drain_that_could_not_be_saved_is_not_carried_out()
    {
        await using var world = await CallWorld.Start();
        world.Storage.Fails = state => state == "media-node";
        await CannotSave(() => world.NodeGrain(world.Node).Drain(draining: true));

        world.Storage.Fails = _ => false;
        await world.Beat(world.Node);

        Assert.Equal(NodeState.Active, world.Node.State);
    }

    [Fact]
    public async Task An_ended_call_that_could_not_be_forgotten_is_forgotten_later()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var member = await world.Join(world.Workspace.AddChannel(ChannelKind.Public, alice), alice);
        world.Records.BeforeAdd = () => world.Storage.Fails = state => state == "call";
        await CannotSave(() => world.Participant(member.Call, alice).Leave(member.Connection, member.Session));

        world.Storage.Fails = _ => false;

        await world.PassInSilence("its record is gone", () => Task.FromResult(world.Storage.Find<object>("call", member.Call.Value) is null));
    }

    [Fact]
    public async Task The_end_of_a_call_that_has_forgotten_its_channel_frees_the_slot()
    {
        await using var world = await CallWorld.Start();
        var alice = world.Workspace.AddUser();
        var channel = world.Workspace.AddChannel(ChannelKind.Public, alice);
        var member = await world.Join(channel, alice);
        await world.Deactivate(member.Call);
        await world.Participant(member.Call, alice).Leave(member.Connection, member.Session);
        Assert.Equal(member.Call, world.Storage.Find<ChannelState>("channel", channel.Value)!.Call);

        await world.RenewChannel(channel);

        await Eventually.True(
            "the channel knows that its call is over",
            () => world.Storage.Find<ChannelState>("channel", channel.Value)!.Call is null);
    }

    [Fact]
    public async Task Of_a_node_that_is_gone_no_record_is_kept()
    {
        await using var world = await CallWorld.Start(nodes: 2);
        Assert.NotNull(world.Storage.Find<MediaNodeState>("media-node", world.Node.Id.Value));

        await Eventually.Sees(
            "its record is gone",
            async () =>
            {
                world.Time.Advance(TimeSpan.FromSeconds(1));
                await world.Beat(world.NodeAt(1));
                return world.Storage.Find<MediaNodeState>("media-node", world.Node.Id.Value) is null;
            },
            isGone => isGone);
        Assert.NotNull(world.Storage.Find<MediaNodeState>("media-node", world.NodeAt(1).Id.Value));

        await world.Register(world.Node);
        Assert.NotNull(await world.NodeGrain(world.Node).Heartbeat(world.Node.Heartbeat));
    }

    // Orleans wraps what a storage throws.
    private static async Task CannotSave(Func<Task> act) =>
        Assert.Contains(TestedStorage.Failure, (await Assert.ThrowsAnyAsync<Exception>(act)).ToString(), StringComparison.Ordinal);
}
