using System.Net;
using System.Net.Sockets;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Calls;

/// <summary>Whole calls over real UDP on loopback: a node, and clients with OpenSSL and SRTP of their own.</summary>
public sealed class VoiceOverUdpTests
{
    private static readonly CallId s_call = NodeHost.NewId<CallId>();

    [Fact]
    public async Task What_one_says_the_other_hears_and_nobody_hears_himself()
    {
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call));
        using var bob = await node.Join(node.Session(s_call));

        for (var i = 0; i < 20; i++) { alice.Say($"hello {i}"); }

        alice.Say("over");
        bob.ListenFor("over");
        bob.Say("answer");
        alice.ListenFor("answer");

        Assert.Contains(bob.Heard, heard => heard.Payload == "hello 19");
        Assert.DoesNotContain(alice.Heard, heard => heard.Payload.StartsWith("hello", StringComparison.Ordinal));
        Assert.Single(bob.Heard.Select(heard => heard.Ssrc).Distinct());
    }

    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    public async Task Profiles_may_differ_from_client_to_client(string profile)   // DTLS6
    {
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call), setup: new OpenSslClientSetup { Profiles = profile });
        using var bob = await node.Join(node.Session(s_call));

        alice.Say("one");
        bob.ListenFor("one");
        bob.Say("two");
        alice.ListenFor("two");
    }

    [Theory]
    [InlineData("evp")]
    [InlineData("intrinsics")]
    public async Task Either_engine_carries_voice(string engine)
    {
        await using var node = await NodeHost.Start(settings: new() { ["Calls:Media:Srtp:Engine"] = engine });
        using var alice = await node.Join(node.Session(s_call), setup: new OpenSslClientSetup { Profiles = "SRTP_AES128_CM_SHA1_80" });
        using var bob = await node.Join(node.Session(s_call));

        alice.Say("one");
        bob.ListenFor("one");
        bob.Say("two");
        alice.ListenFor("two");
    }

    [Fact]
    public async Task A_late_repeat_of_an_older_permission_changes_nothing()
    {
        await using var node = await NodeHost.Start();
        var session = node.Session(s_call);
        await node.Node.Reserve(session, NodeHost.Room(), default);
        await node.Node.Permit(session, new MediaPermissions(5, true, false, Muted: true), default);

        var late = await node.Node.Permit(session, new MediaPermissions(4, true, false, Muted: false), default);

        Assert.Equal(new MediaPermissions(5, true, false, Muted: true), late.Value);
    }

    [Fact]
    public async Task Whoever_moves_to_another_port_goes_on_hearing()   // MOVE2
    {
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call));
        using var bob = await node.Join(node.Session(s_call));

        bob.Move();
        bob.Nominate();
        alice.Say("still there?");

        bob.ListenFor("still there?");
    }

    [Fact]
    public async Task A_join_over_the_wrong_loop_is_handed_over()
    {
        await using var node = await NodeHost.Start(threads: 2);
        var clients = new List<UdpClientPeer>();
        for (var i = 0; i < 12; i++) { clients.Add(await node.Join(node.Session(i % 2 == 0 ? s_call : NodeHost.NewId<CallId>()))); }

        // The kernel spreads ports over the sockets by hash: of twelve clients some come to the wrong one.
        clients[0].Say("anybody");
        for (var i = 2; i < clients.Count; i += 2) { clients[i].ListenFor("anybody"); }

        clients[2].Say("somebody");
        clients[0].ListenFor("somebody");

        Assert.True(node.Runtime.Loops.Loops.Sum(loop => loop.Counters.Handovers) > 0);
        Assert.Equal(0, node.Runtime.Loops.Loops.Sum(loop => loop.Counters.HandoversRefused));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task With_a_port_for_each_thread_every_call_has_its_threads_port_and_nothing_is_handed_over()
    {
        await using var node = await NodeHost.Start(threads: 2, settings: new() { ["Calls:Media:PortPerThread"] = "true" });
        var ports = new HashSet<int>();
        for (var call = 0; call < 4; call++)
        {
            var id = NodeHost.NewId<CallId>();
            using var alice = await node.Join(node.Session(id));
            using var bob = await node.Join(node.Session(id));
            alice.Say("hello");
            bob.ListenFor("hello");
            Assert.Equal(alice.NodePort, bob.NodePort);
            ports.Add(alice.NodePort);
        }

        Assert.Equal(node.Runtime.Addresses.Select(one => (int)one.UdpPort).Order(), ports.Order());
        Assert.Equal(0, node.Runtime.Loops.Loops.Sum(loop => loop.Counters.Handovers));
        Assert.Equal(2, (await node.Node.Describe(default)).MediaAddresses.Length);
    }

    [Fact]
    public async Task With_a_port_for_each_thread_a_check_at_anothers_port_is_refused()
    {
        await using var node = await NodeHost.Start(threads: 2, settings: new() { ["Calls:Media:PortPerThread"] = "true" });
        using var alice = await node.Join(node.Session(s_call));
        alice.SendTo(node.Runtime.Addresses.Select(one => one.UdpPort).Single(port => port != alice.NodePort));

        var refused = Assert.Throws<InvalidOperationException>(alice.Nominate);

        Assert.Equal("The check was refused: 401", refused.Message);
    }

    [Fact]
    public async Task Closing_a_session_says_goodbye_and_is_reported()
    {
        await using var node = await NodeHost.Start();
        var session = node.Session(s_call);
        using var alice = await node.Join(session);

        await node.Node.Close(session, default);

        alice.ListenForGoodbye();
        var events = await Eventually.Sees(
            "a disconnected event", () => node.ControlPlane.Taken, seen => seen.OfType<NodeEvent.Disconnected>().Any());
        Assert.Equal(
            [typeof(NodeEvent.Connected), typeof(NodeEvent.Disconnected)],
            events.Where(one => one is NodeEvent.Connected or NodeEvent.Disconnected).Select(one => one.GetType()));
        Assert.Equal(DisconnectReason.Closed, events.OfType<NodeEvent.Disconnected>().Single().Reason);
    }

    [Fact]
    public async Task Statistics_tell_lines_by_their_mid_and_what_happened_also_after_the_end()
    {
        await using var node = await NodeHost.Start();
        var session = node.Session(s_call);
        using var alice = await node.Join(session);
        using var bob = await node.Join(node.Session(s_call));
        alice.Say("hello");
        bob.ListenFor("hello");
        var during = (await node.Node.Statistics(session, default)).Value!;
        await node.Node.Close(session, default);
        var after = (await node.Node.Statistics(session, default)).Value!;

        Assert.Equal(["0", "1", "2", "3"], during.Lines.Select(line => line.Mid));
        Assert.Equal(1, during.Lines[0].Packets);
        Assert.Equal([true, false, false, false], during.Lines.Select(line => line.LastPacketAt is not null));
        Assert.Equal((null, DisconnectReason.Closed), (during.EndedBy, after.EndedBy));
        Assert.Equal(["connected", "firstPacket", "closed"], after.Changes.Select(change => change.What));
    }

    [Fact]
    public async Task A_client_that_goes_is_reported_as_closed_by_itself()   // DTLS8
    {
        await using var node = await NodeHost.Start();
        var session = node.Session(s_call);
        using var alice = await node.Join(session);

        alice.Close();

        var events = await Eventually.Sees(
            "a disconnected event", () => node.ControlPlane.Taken, seen => seen.OfType<NodeEvent.Disconnected>().Any());
        Assert.Equal(DisconnectReason.ClosedByPeer, events.OfType<NodeEvent.Disconnected>().Single().Reason);
    }

    [Fact]
    public async Task The_first_packet_of_a_voice_is_reported_once()
    {
        await using var node = await NodeHost.Start();
        var session = node.Session(s_call);
        using var alice = await node.Join(session);
        using var bob = await node.Join(node.Session(s_call));
        for (var i = 0; i < 10; i++) { alice.Say("word"); }

        alice.Say("last");
        bob.ListenFor("last");

        var events = await Eventually.Sees(
            "a first packet", () => node.ControlPlane.Taken, seen => seen.OfType<NodeEvent.FirstPacket>().Any());
        var first = events.OfType<NodeEvent.FirstPacket>().Single();
        Assert.Equal((session.Session, LineRole.VoiceOut), (first.Session, first.Role));
    }

    [Fact]
    public async Task Stopping_the_node_says_goodbye_to_everybody()
    {
        var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call));

        await node.DisposeAsync();

        alice.ListenForGoodbye();
    }

    [Fact]
    public async Task A_check_for_nobody_is_refused_and_never_with_more_bytes_than_it_had()   // ICE3
    {
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call));
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        stranger.Client.ReceiveTimeout = 10_000;
        var check = alice.WriteCheck(new byte[12], "wrong", nominates: true);
        check[30] ^= 1;   // another fragment, so that nobody knows it

        stranger.Send(check, check.Length, new IPEndPoint(IPAddress.Loopback, node.Runtime.Addresses[0].UdpPort));

        // Its fingerprint does not fit any more, so it is not even a check.
        var whole = new UdpClientPeer();
        whole.Accept(
            $"a=ice-ufrag:AAAAAAAAAAAA\r\na=ice-pwd:nobody\r\na=candidate:1 1 udp 1 127.0.0.1 {node.Runtime.Addresses[0].UdpPort} typ host\r\n");
        var refused = Assert.Throws<InvalidOperationException>(whole.Nominate);
        Assert.Equal("The check was refused: 401", refused.Message);
        Assert.Equal(0, stranger.Available);
    }

    [Fact]
    public async Task A_source_that_floods_with_wrong_checks_takes_nothing_from_calls_nor_from_another_sources_diagnosis()   // ICE3
    {
        await using var node = await NodeHost.Start(settings: new() { ["Calls:Media:StunErrorsPerSecond"] = "1" });
        using var alice = await node.Join(node.Session(s_call));
        using var bob = await node.Join(node.Session(s_call));
        using var mallory = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        var target = new IPEndPoint(IPAddress.Loopback, node.Runtime.Addresses[0].UdpPort);
        var wrong = alice.WriteCheck(new byte[12], "guessed", nominates: true);

        for (var i = 0; i < 1_000; i++) { mallory.Send(wrong, wrong.Length, target); }

        alice.Say("undisturbed");
        bob.ListenFor("undisturbed");
        alice.Nominate();
        var refused = Assert.Throws<InvalidOperationException>(() => bob.Nominate("mistyped"));

        Assert.Equal("The check was refused: 401", refused.Message);
        var answers = 0L;
        IPEndPoint? from = null;
        for (; mallory.Available > 0; answers++) { mallory.Receive(ref from); }

        Assert.InRange(answers, 1, node.Runtime.Loops.Loops[0].Counters.Media.Drops[Media.Tracks.DropReason.StunBad] / 10);
    }

    [Fact]
    public async Task Nonsense_on_the_socket_costs_nobody_a_word()
    {
        await using var node = await NodeHost.Start();
        using var alice = await node.Join(node.Session(s_call));
        using var bob = await node.Join(node.Session(s_call));
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var target = new IPEndPoint(IPAddress.Loopback, node.Runtime.Addresses[0].UdpPort);
        var random = Seeds.Random();
        byte[][] seeds = [alice.WriteVoice("x"), alice.WriteCheck(new byte[12], "p", true), [22, 254, 253, 0, 0, 0, 0], [0x80, 200, 0, 1]];

        for (var i = 0; i < 3_000; i++)
        {
            var bytes = i % 3 == 0 ? new byte[random.Next(1, 1_600)] : seeds[random.Next(seeds.Length)].ToArray();
            if (i % 3 == 0) { random.NextBytes(bytes); }

            for (var flips = random.Next(0, 4); flips > 0; flips--) { bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); }

            // From a stranger, and from an address that is proven. Cut anywhere.
            var cut = bytes.AsSpan(0, random.Next(1, bytes.Length + 1)).ToArray();
            if (i % 2 == 0) { stranger.Send(cut, cut.Length, target); } else if (cut[0] is < 20 or > 63) { alice.SendRaw(cut); }
        }

        alice.Say("unharmed");
        bob.ListenFor("unharmed");

        Assert.Equal(0, node.Runtime.Loops.Loops[0].Counters.Faults);
        Assert.True(node.Runtime.Loops.AllRun);
    }
}
