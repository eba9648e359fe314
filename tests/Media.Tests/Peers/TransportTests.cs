using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Simulation;
using Calls.Media.Tests.Rooms;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Peers;

/// <summary>Restart, roaming, consent and handshake, as a session lives through them.</summary>
public sealed class TransportTests(ITestOutputHelper output)
{
    private static readonly TransportAddress Elsewhere = TransportAddress.FromIPv4(0x0A020202, 50_000);

    [Fact]
    public void An_ICE_restart_costs_not_one_packet_and_changes_no_number()   // MOVE1
    {
        var call = Talking(out var alice, out var bob);
        var restart = call.Offer(alice, 1, 2, alice.OfferText("efgh"));
        alice.Apply(restart.Sdp);
        call.RunMilliseconds(3_000);

        Talk.AssertContinuous(bob);
        Talk.AssertContinuous(alice);
        Assert.InRange(bob.CountOf(alice), 220, 250);
        Assert.Equal(1, call.Counters.IceRestarts);
        Assert.Single(call.Said<RoomEvent.Connected>(), news => news.Session == alice.Session);
        Assert.Equal([PeerEventKind.Restarted], call.Statistics(alice).Changes.Select(change => change.What).Skip(2));
    }

    // Seen in Chromium 156: a pair nominated before our answer is there keeps its credentials for life, whatever is offered next.
    [Fact]
    public void Two_ICE_restarts_in_a_row_do_not_cut_off_who_goes_on_with_the_first_credentials()   // MOVE1
    {
        var call = Talking(out var alice, out var bob);
        call.Offer(alice, 1, 2, alice.OfferText("efgh"));
        call.Offer(alice, 1, 3, alice.OfferText("ijkl"));
        call.Run(TimeSpan.FromSeconds(40));

        Assert.Empty(call.Said<RoomEvent.Stalled>());
        Talk.AssertContinuous(bob);
        Assert.Equal(2, call.Room.SessionCount);
    }

    [Fact]
    public void Who_cannot_be_sent_to_any_more_is_not_shown_as_speaking_though_packets_come()   // MOVE3, VOX10
    {
        var call = Talking(out var alice, out var bob);
        Assert.Contains(bob.Session, call.Said<RoomEvent.Speaking>().Last().Sessions);
        bob.Checks = false;
        call.Run(TimeSpan.FromSeconds(35));

        Assert.Equal(alice.Session, Assert.Single(call.Said<RoomEvent.Speaking>().Last().Sessions));
    }

    [Fact]
    public void An_offer_with_another_fingerprint_is_refused_and_the_session_lives_on()   // MOVE1
    {
        var call = Talking(out var alice, out var bob);
        var before = bob.Heard.Count;
        var reply = call.Carry(new RoomCommand.Answer(alice.Session, 1, 2, bob.OfferText("efgh")));
        call.RunMilliseconds(1_000);

        var refused = Assert.IsType<RoomReply.Refused>(reply);
        Assert.Equal((RoomRefusal.OfferRefused, "sdp.restartChanged"), (refused.Reason, refused.Detail));
        Assert.InRange(bob.Heard.Count - before, 48, 52);
    }

    [Fact]
    public void A_new_address_is_followed_with_the_first_check_from_there()   // MOVE2
    {
        var call = Talking(out var alice, out var bob);
        alice.MoveTo(Elsewhere);
        call.RunMilliseconds(2_000);

        Assert.Equal(1, call.Counters.IceMoves);
        Assert.Equal(Elsewhere, call.Statistics(alice).Route!.Value.Remote);
        Talk.AssertContinuous(alice, lossMax: 0.02);
        Talk.AssertContinuous(bob);
        Assert.InRange(bob.CountOf(alice), 170, 200);
    }

    [Fact]
    public void Media_from_an_address_that_nobody_proved_moves_nothing()   // MOVE2, DMX1
    {
        var call = Talking(out var alice, out var bob);
        var heard = bob.CountOf(alice);
        alice.Microphone = _ => null;
        call.RunMilliseconds(100);
        var (before, drops) = (bob.CountOf(alice), call.Counters.Drops[DropReason.UnknownSource]);
        var peer = call.PeerOf(alice);
        call.Deliver(peer, Elsewhere, alice.Frame(30));
        call.RunMilliseconds(100);

        Assert.True(heard > 0);
        Assert.Equal(before, bob.CountOf(alice));
        Assert.Equal(drops + 1, call.Counters.Drops[DropReason.UnknownSource]);
        Assert.Equal(alice.Address, call.Statistics(alice).Route!.Value.Remote);
    }

    [Fact]
    public void Silence_stalls_then_stops_sending_then_ends_the_session()   // MOVE3
    {
        var call = Talking(out var alice, out var bob);
        bob.IsAwake = false;
        call.Run(TimeSpan.FromSeconds(12));
        Assert.Equal(bob.Session, Assert.Single(call.Said<RoomEvent.Stalled>()).Session);

        call.Run(TimeSpan.FromSeconds(20));
        var sent = call.Counters.PacketsOut(TrafficKind.Voice);
        call.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(sent, call.Counters.PacketsOut(TrafficKind.Voice));

        call.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(DisconnectReason.ConsentExpired, Assert.Single(call.Said<RoomEvent.Disconnected>()).Reason);
        Assert.True(alice.IsConnected);
    }

    [Fact]
    public void A_laptop_that_wakes_after_forty_seconds_hears_on_without_a_new_offer()   // MOVE3
    {
        var call = Talking(out _, out var bob);
        bob.IsAwake = false;
        call.Run(TimeSpan.FromSeconds(40));
        bob.Heard.Clear();
        bob.IsAwake = true;
        call.RunMilliseconds(2_000);

        Assert.Single(call.Said<RoomEvent.Resumed>());
        Assert.InRange(bob.Heard.Count, 90, 101);
    }

    [Fact]
    public void An_unused_reservation_ends_in_time()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        call.Carry(new RoomCommand.Reserve("early", Reservation(expiresSeconds: 5)));
        call.RunMilliseconds(4_999);
        Assert.Equal(1, call.Room.SessionCount);
        call.RunMilliseconds(2);

        Assert.Equal(DisconnectReason.ReservationExpired, Assert.Single(call.Said<RoomEvent.Disconnected>()).Reason);
        Assert.Equal(0, call.Room.SessionCount);
    }

    [Fact]
    public void Who_never_gets_through_is_given_up()
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        call.Network.Weather = Weather.Fair with { Loss = 1 };
        call.Join();
        call.Run(TimeSpan.FromSeconds(31));

        Assert.Equal(DisconnectReason.NeverConnected, Assert.Single(call.Said<RoomEvent.Disconnected>()).Reason);
    }

    [Fact]
    public void Another_certificate_than_the_offers_gets_no_keys()   // DTLS4
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        var (mallory, bob) = (call.Join(), call.Join());
        mallory.Certificate = "somebody else's"u8.ToArray();
        mallory.Microphone = Talk.Always();
        call.RunMilliseconds(2_000);

        Assert.Equal(DisconnectReason.FingerprintMismatch, Assert.Single(call.Said<RoomEvent.Disconnected>()).Reason);
        Assert.Empty(bob.Heard);
        Assert.Equal(1, call.Counters.HandshakeFailures);
    }

    [Fact]
    public void Both_profiles_carry_a_voice()   // DTLS6, DTLS7
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine), profile: Media.Srtp.SrtpProfile.Aes128CmSha1);
        var (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        call.RunMilliseconds(1_000);

        Assert.InRange(bob.CountOf(alice), 30, 50);
        Assert.Equal("SRTP_AES128_CM_SHA1_80", call.Statistics(bob).Profile!.OpenSslName);
    }

    private RoomScenario Talking(out SimulatedBrowser alice, out SimulatedBrowser bob)
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        bob.Microphone = Talk.Always(35);
        call.RunMilliseconds(2_000);
        return call;
    }

    private static Reservation Reservation(int expiresSeconds) => new(
        1, PeerKind.Participant, new Permissions(1, true, false, false), 3, TimeSpan.FromSeconds(expiresSeconds));
}
