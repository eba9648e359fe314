using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Media.Datagrams;
using Calls.Media.Stun;
using Calls.Media.Tracks;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Calls;

/// <summary>D4 at the node: what a command has said holds from its answer on, against clients that take no notice.</summary>
public sealed class EnforcementTests
{
    // Few enough to fit the system's smallest buffer, should the node be slow.
    private const int Stubborn = 100;

    private static readonly CallId s_call = NodeHost.NewId<CallId>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_what_is_said_after_a_mute_was_answered_nobody_hears_a_word(int threads)   // S43
    {
        await using var node = await NodeHost.Start(threads);
        var session = node.Session(s_call);
        using var alice = await node.Join(session);
        using var bob = await node.Join(node.Session(s_call));
        alice.Say("before");
        bob.ListenFor("before");

        var said = 0;
        var mute = node.Node.Permit(session, new MediaPermissions(2, true, false, Muted: true), default);
        for (; !mute.IsCompleted && said < Stubborn; said++) { alice.Say(Number(said)); }

        Assert.True((await mute).Value!.Muted);
        var answeredAt = said;
        for (; said < answeredAt + Stubborn; said++) { alice.Say(Number(said)); }

        await Eventually.True("all of it to have come in", () => VoicesIn(node) == said + 1);
        await node.Node.Permit(session, new MediaPermissions(3, true, false, Muted: false), default);
        alice.Say("after");
        bob.ListenFor("after");

        Assert.DoesNotContain(bob.Heard, heard => int.TryParse(heard.Payload, out var number) && number >= answeredAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_removed_client_is_neither_heard_nor_sent_anything_whatever_it_sends(int threads)   // S40
    {
        await using var node = await NodeHost.Start(threads);
        var session = node.Session(s_call);
        using var alice = await node.Join(session);
        using var bob = await node.Join(node.Session(s_call));
        using var carol = await node.Join(node.Session(s_call), NodeHost.Room(muted: true));
        alice.Say("before");
        bob.ListenFor("before");

        await node.Node.Close(session, default);
        alice.ListenForGoodbye();
        alice.TakePending();
        using var dtls = new OpenSslClient();
        var hello = dtls.Step();
        for (var i = 0; i < 10; i++)
        {
            alice.Say("ghost");
            alice.Refresh();
            hello.ForEach(alice.SendRaw);
        }

        // Its refusal says that what was sent before it has been looked at.
        var refused = Assert.Throws<InvalidOperationException>(alice.Nominate);
        bob.Say("is she gone?");
        carol.ListenFor("is she gone?");

        Assert.Equal("The check was refused: 401", refused.Message);
        Assert.All(alice.TakePending(), datagram => Assert.True(IsRefusal(datagram), $"{DatagramKinds.Of(datagram)}"));
        Assert.DoesNotContain([.. bob.Heard, .. carol.Heard], heard => heard.Payload == "ghost");
        Assert.Empty(alice.Heard);
    }

    [Fact]
    public async Task A_closed_session_cannot_be_offered_or_reserved_again_under_its_old_generation()   // S40
    {
        await using var node = await NodeHost.Start();
        var session = node.Session(s_call);
        using var alice = await node.Join(session);
        await node.Node.Close(session, default);

        using var again = new UdpClientPeer();
        var offered = await node.Node.Answer(session, new NodeSdpOffer(1, 1, again.Offer()), default);
        var reserved = await node.Node.Reserve(session, NodeHost.Room(), default);

        Assert.Equal((NodeError.Superseded, NodeError.Superseded), (offered.Error, reserved.Error));
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long VoicesIn(NodeHost node) =>
        node.Runtime.Loops.Loops.Sum(loop => loop.Counters.Media.PacketsIn(TrafficKind.Voice));

    private static bool IsRefusal(byte[] datagram) =>
        DatagramKinds.Of(datagram) == DatagramKind.Stun
        && StunReader.TryRead(datagram, out var answer) && answer.Kind == StunMessageKind.BindingError;
}
