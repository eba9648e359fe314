using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Tests.Loops;

/// <summary>Datagrams that the kernel gives to one loop and that belong to another.</summary>
public sealed class HandoverTests : IDisposable
{
    private static readonly TransportAddress s_address = TransportAddress.FromIPv4(0x0A000009, 50_000);

    private readonly LoopPair _pair = new();

    public void Dispose() => _pair.Dispose();

    // The owner proves an address, tells the loop where it arrives, and answers; the client's hello comes with the next batch.
    [Fact]
    public void A_hello_right_behind_the_answer_to_a_check_finds_its_loop()
    {
        LoopSet.Post(_pair.Arrival, new RouteWork(s_address, owner: 1, isProven: true));

        _pair.Receive([22, .. new byte[99]], s_address);

        Assert.Equal(1, _pair.Arrival.Counters.Handovers);
        Assert.Equal(0, _pair.Arrival.Counters.UnknownSources);
    }

    [Fact]
    public void What_an_old_packet_left_in_memory_is_not_delivered_with_the_next_check()
    {
        var alice = _pair.Join(_pair.Owner, "alice");
        _pair.Receive(alice.Check(), s_address);
        _pair.Receive(Packet(), s_address);   // its memory is free again, and the next to be used
        var handed = _pair.Arrival.Counters.Handovers;

        _pair.Receive(alice.Check(), s_address);

        Assert.Equal(1, _pair.Arrival.Counters.Handovers - handed);
    }

    [Fact]
    public void An_address_that_the_next_session_of_the_loop_has_taken_over_stays_its_own_when_the_one_before_ends()
    {
        var (alice, bob) = (_pair.Join(_pair.Owner, "alice"), _pair.Join(_pair.Owner, "bob"));
        _pair.Receive(alice.Check(), s_address);
        _pair.Receive(bob.Check(), s_address);

        Close(alice);

        AssertArrives();
    }

    [Fact]
    public void An_address_is_forgotten_by_both_loops_when_its_session_ends()
    {
        var alice = _pair.Join(_pair.Owner, "alice");
        _pair.Receive(alice.Check(), s_address);

        Close(alice);

        Assert.False(_pair.Owner.Rooms.Table.HasPeerAt(s_address));
        Assert.False(_pair.Arrival.Rooms.Table.LeadsTo(s_address, 1));
    }

    [Fact]
    public void A_loop_that_has_lost_the_way_is_told_again_with_the_next_check()
    {
        var alice = _pair.Join(_pair.Owner, "alice");
        _pair.Receive(alice.Check(), s_address);
        _pair.Arrival.Rooms.Table.Unroute(s_address, 1);

        _pair.Receive(alice.Check(), s_address);

        AssertArrives();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_address_that_somebody_else_has_claimed_comes_back_with_its_own_next_check(bool atOwner)
    {
        var alice = _pair.Join(_pair.Owner, "alice");
        var mallory = _pair.Join(atOwner ? _pair.Owner : _pair.Arrival, "mallory");
        _pair.Receive(alice.Check(), s_address);
        _pair.Receive(mallory.Check(), s_address);

        _pair.Receive(alice.Check(), s_address);
        Close(mallory, atOwner ? _pair.Owner : _pair.Arrival);

        AssertArrives();
    }

    [Fact]
    public void A_way_that_is_known_is_not_told_with_every_check()
    {
        var alice = _pair.Join(_pair.Owner, "alice");
        _pair.Receive(alice.Check(), s_address);

        ((ScriptedSocket)_pair.Arrival.Socket).Add(alice.Check(), s_address);
        _pair.Arrival.Turn();
        _pair.Owner.Turn();

        Assert.True(_pair.Arrival.Mailbox.IsEmpty);
    }

    private static byte[] Packet() => [LoopPair.RtpFirstByte, 111, .. new byte[98]];

    private void Close(LoopPair.Client client, MediaLoop? loop = null)
    {
        (loop ?? _pair.Owner).Rooms.Execute(client.Call, new RoomCommand.Close(client.Session), opens: false, MonotonicTime.Zero);
        _pair.Arrival.Turn();
        _pair.Owner.Turn();
        _pair.Arrival.Turn();
    }

    private void AssertArrives()
    {
        var handed = _pair.Arrival.Counters.Handovers;
        var unknown = _pair.Arrival.Counters.UnknownSources + _pair.Owner.Counters.UnknownSources;

        _pair.Receive(Packet(), s_address);

        Assert.Equal(1, _pair.Arrival.Counters.Handovers - handed);
        Assert.Equal(unknown, _pair.Arrival.Counters.UnknownSources + _pair.Owner.Counters.UnknownSources);
    }
}
