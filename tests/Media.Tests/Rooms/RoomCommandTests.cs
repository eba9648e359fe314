using Calls.Media.Dtls;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Simulation;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>All commands may come twice, late, or in the wrong order.</summary>
public sealed class RoomCommandTests(ITestOutputHelper output)
{
    private RoomScenario? _call;

    private RoomScenario Call => _call ??= new RoomScenario(Seeds.For(output.WriteLine, nameof(RoomCommandTests)));

    [Fact]
    public void The_same_reservation_again_changes_nothing()
    {
        Assert.True(Reserve("a", 1).IsNew);
        Assert.False(Reserve("a", 1).IsNew);
        Assert.Equal(1, Call.Room.SessionCount);
    }

    [Fact]
    public void An_offer_is_read_when_the_command_is_made_and_not_on_the_thread_that_carries_it_out()
    {
        Assert.Equal(OfferRefusal.Malformed, new RoomCommand.Answer("a", 1, 1, "nonsense").Offer.Refusal);
        Assert.NotNull(new RoomCommand.Answer("a", 1, 1, Offer()).Offer.Offer);
    }

    [Fact]
    public void A_version_not_above_the_stored_one_changes_nothing_and_is_told_what_holds()
    {
        Reserve("a", 1, new Permissions(5, true, false, false));
        var muted = new Permissions(7, true, false, true);

        Assert.Equal(muted, Permit("a", muted));
        Assert.Equal(muted, Permit("a", new Permissions(6, true, false, false)));
        Assert.Equal(muted, Permit("a", new Permissions(7, true, false, false)));
        Assert.Equal(muted, Reserve("a", 1, new Permissions(5, true, false, false)).Permissions);
        Assert.Equal(muted, Reserve("a", 2, new Permissions(6, true, false, false)).Permissions);
    }

    [Fact]
    public void A_higher_generation_replaces_the_peer_and_a_lower_one_is_superseded()
    {
        Reserve("a", 2);
        Assert.Equal(RoomRefusal.Superseded, Refused(Command("a", 1)));
        Assert.True(Reserve("a", 3).IsNew);
        Assert.Equal(RoomRefusal.Superseded, Refused(new RoomCommand.Answer("a", 2, 1, Offer())));
        Assert.Equal(3, Assert.Single(Roster()).Generation);
        Assert.Empty(Call.Said<RoomEvent.Disconnected>());
    }

    [Fact]
    public void A_new_generation_has_new_credentials_and_numbers_offers_from_one()
    {
        Reserve("a", 1);
        var first = Answered("a", 1, 1, Offer());
        Reserve("a", 2);
        var second = Answered("a", 2, 1, Offer());

        Assert.NotEqual(SimulatedAnswer.Read(first.Sdp).Fragment, SimulatedAnswer.Read(second.Sdp).Fragment);
        Assert.Empty(SimulatedAnswer.Read(first.Sdp).SsrcByMid.Values.Intersect(SimulatedAnswer.Read(second.Sdp).SsrcByMid.Values));
    }

    [Fact]
    public void The_same_offer_again_gets_the_same_answer_and_another_under_its_number_conflicts()
    {
        Reserve("a", 1);
        var first = Answered("a", 1, 1, Offer());

        Assert.Equal(first.Sdp, Answered("a", 1, 1, Offer()).Sdp);
        Assert.Equal(RoomRefusal.OfferConflict, Refused(new RoomCommand.Answer("a", 1, 1, Offer("efgh"))));
        Answered("a", 1, 2, Offer("efgh"));
        Assert.Equal(RoomRefusal.Superseded, Refused(new RoomCommand.Answer("a", 1, 1, Offer())));
    }

    [Fact]
    public void A_refused_offer_leaves_nothing_behind()
    {
        Reserve("a", 1);
        Assert.Equal(RoomRefusal.OfferRefused, Refused(new RoomCommand.Answer("a", 1, 1, "nonsense")));
        Answered("a", 1, 1, Offer());
    }

    [Fact]
    public void The_answer_says_what_each_line_is_for()
    {
        Reserve("a", 1);
        Assert.Equal(
            [
                new AnsweredLine("mic", LineRole.VoiceOut, 0),
                new AnsweredLine("voice0", LineRole.VoiceIn, 0),
                new AnsweredLine("voice1", LineRole.VoiceIn, 1),
                new AnsweredLine("voice2", LineRole.VoiceIn, 2),
            ],
            Answered("a", 1, 1, Offer()).Lines.AsEnumerable());
    }

    [Fact]
    public void An_unknown_session_has_nothing_and_closing_it_is_done()
    {
        Assert.Equal(RoomRefusal.NotReserved, Refused(new RoomCommand.Answer("a", 1, 1, Offer())));
        Assert.Equal(RoomRefusal.NotReserved, Refused(new RoomCommand.Permit("a", new Permissions(1, true, true, false))));
        Assert.Equal(RoomRefusal.NotReserved, Refused(new RoomCommand.ReadStatistics("a")));
        Assert.IsType<RoomReply.Done>(Call.Carry(new RoomCommand.Close("a")));
    }

    [Fact]
    public void A_late_retry_cannot_revive_who_has_ended_or_unmute_them()
    {
        Reserve("a", 1, new Permissions(4, true, false, true));
        Call.Carry(new RoomCommand.Close("a"));

        Assert.Equal(RoomRefusal.Superseded, Refused(Command("a", 1)));
        Assert.Equal(RoomRefusal.Superseded, Refused(new RoomCommand.Answer("a", 1, 1, Offer())));
        Assert.Equal(DisconnectReason.Closed, Assert.IsType<RoomReply.Statistics>(Call.Carry(new RoomCommand.ReadStatistics("a"))).Session.EndedBy);
        Assert.True(Reserve("a", 2, new Permissions(3, true, false, false)).Permissions.Muted);
    }

    [Fact]
    public void Who_has_ended_is_forgotten_after_ten_minutes_and_then_the_room_is_over()
    {
        Reserve("a", 1);
        Call.Carry(new RoomCommand.Close("a"));
        Call.Run(TimeSpan.FromSeconds(599));
        Assert.False(Call.Room.IsOver);
        Call.Run(TimeSpan.FromSeconds(2));
        Assert.True(Call.Room.IsOver);
    }

    [Fact]
    public void A_full_room_takes_nobody_but_who_is_here()
    {
        var call = new RoomScenario(1, sessionsMax: 1);
        call.Carry(Command("a", 1));
        Assert.Equal(RoomRefusal.Full, Assert.IsType<RoomReply.Refused>(call.Carry(Command("b", 1))).Reason);
        Assert.IsType<RoomReply.Reserved>(call.Carry(Command("a", 2)));
    }

    [Fact]
    public void A_publisher_hears_nothing_and_a_listener_says_nothing()
    {
        var (publisher, listener) = (Call.Join(kind: PeerKind.Publisher), Call.Join(kind: PeerKind.Listener));
        var talker = Call.Join();
        foreach (var browser in Call.Browsers) { browser.Microphone = Talk.Always(); }

        Call.RunMilliseconds(1_000);
        Assert.Empty(publisher.Heard);
        Assert.True(listener.CountOf(publisher) > 20 && listener.CountOf(talker) > 20);
        Assert.Equal(0, talker.CountOf(listener));
    }

    [Fact]
    public void Closing_the_call_ends_everybody()
    {
        Call.Join();
        Call.Join();
        Call.RunMilliseconds(500);
        Call.Carry(new RoomCommand.CloseAll(DisconnectReason.Drained));
        Call.RunMilliseconds(100);

        Assert.Empty(Roster());
        Assert.All(Call.Browsers, browser => Assert.True(browser.WasSaidGoodbye));
        Assert.All(Call.Said<RoomEvent.Disconnected>(), ended => Assert.Equal(DisconnectReason.Drained, ended.Reason));
    }

    [Fact]
    public void A_fault_ends_one_session_and_nobody_elses()   // promise 4
    {
        var (alice, bob, carol) = (Call.Join(), Call.Join(), Call.Join());
        alice.Microphone = bob.Microphone = carol.Microphone = Talk.Always();
        Call.RunMilliseconds(1_000);
        Call.Fail(Call.PeerOf(bob));
        carol.Heard.Clear();
        Call.RunMilliseconds(1_000);

        Assert.Equal(DisconnectReason.InternalError, Assert.Single(Call.Said<RoomEvent.Disconnected>()).Reason);
        Assert.InRange(carol.CountOf(alice), 48, 52);
        Assert.InRange(carol.CountOf(bob), 0, 2);
    }

    private static string Offer(string fragment = "abcd") => new SimulatedOffer().Text(
        CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, [1]), fragment, "abcdefghijklmnopqrstuv");

    private static RoomCommand.Reserve Command(string session, int generation, Permissions? permissions = null) => new(
        session,
        new Reservation(
            generation, PeerKind.Participant, permissions ?? new Permissions(1, true, false, false), 3, TimeSpan.FromSeconds(30)));

    private RoomReply.Reserved Reserve(string session, int generation, Permissions? permissions = null) =>
        Assert.IsType<RoomReply.Reserved>(Call.Carry(Command(session, generation, permissions)));

    private RoomReply.Answered Answered(string session, int generation, int number, string sdp) =>
        Assert.IsType<RoomReply.Answered>(Call.Carry(new RoomCommand.Answer(session, generation, number, sdp)));

    private Permissions Permit(string session, Permissions permissions) =>
        Assert.IsType<RoomReply.Permitted>(Call.Carry(new RoomCommand.Permit(session, permissions))).Permissions;

    private RoomRefusal Refused(RoomCommand command) => Assert.IsType<RoomReply.Refused>(Call.Carry(command)).Reason;

    private System.Collections.Immutable.ImmutableArray<RosterEntry> Roster() =>
        Assert.IsType<RoomReply.Roster>(Call.Carry(new RoomCommand.ReadRoster())).Sessions;
}
