using Calls.Contracts.Calls;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Grains.Calls;
using Calls.Grains.Hosts;
using Calls.Support;
using Xunit.Abstractions;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

/// <summary>Whatever happens in whatever order, what a call promises holds.</summary>
public sealed class CallInterleavingTests(ITestOutputHelper output)
{
    private const int Calls = 200;
    private const int StepsPerCall = 120;

    [Fact]
    public void No_sequence_of_commands_breaks_a_calls_promises()
    {
        var random = Seeds.Random(output.WriteLine);
        for (var i = 0; i < Calls; i++) { new RandomCall(random).Run(StepsPerCall); }
    }

    [Fact]
    public void Whatever_is_owed_is_paid_once_the_node_answers_again()
    {
        var random = Seeds.Random(output.WriteLine);
        for (var i = 0; i < Calls; i++)
        {
            var call = new RandomCall(random);
            call.Run(StepsPerCall);
            Assert.Empty(CallDuty.Of(call.Settle()).Where(duty => duty is not (CallDuty.CloseCall or CallDuty.FinishPost or CallDuty.KeepRecord)));
        }
    }

    private sealed class RandomCall(Random random)
    {
        private readonly UserId[] _users = [Alice, Bob, Carol];
        private readonly FollowedCall _view = new();
        private readonly LastView _lastView = new();
        private CallState _call = Starting();
        private DateTimeOffset _now = Noon;
        private int _sessions;
        private int _runs = 1;

        public void Run(int steps)
        {
            for (var step = 0; step < steps && _call.Phase != CallPhase.Ended; step++)
            {
                _now += TimeSpan.FromMilliseconds(random.Next(4000));
                Apply(Step());
            }
        }

        /// <summary>The node confirms everything.</summary>
        public CallState Settle()
        {
            for (var round = 0; round < 3; round++)
            {
                foreach (var duty in CallDuty.Of(_call)) { Pay(duty); }
            }

            return _call;
        }

        private CallOutcome Step()
        {
            var session = _call.Sessions.IsEmpty ? Session(0) : _call.Sessions[random.Next(_call.Sessions.Length)].Id;
            var generation = _call.Find(session)?.Generation ?? 1;
            return random.Next(19) switch
            {
                0 or 1 => Join(),
                2 => CallTransitions.Leave(_call, session, (LeaveReason)random.Next(9), null, _now),
                3 => ActionTransitions.SetMuted(_call, session, random.Next(2) == 0, null),
                4 => SessionTransitions.HubClosed(_call, session, Limits, _now),
                5 => SessionTransitions.Resume(_call, session, Gateway),
                6 => SessionTransitions.MediaUp(_call, session, generation),
                7 => SessionTransitions.MediaLost(_call, session, generation - random.Next(2), Limits, _now),
                8 => MediaTransitions.Offer(
                    _call, new MediaOffer(session, "sdp", generation + random.Next(-1, 3), null), "hash", Limits, _now),
                9 or 14 => Control(session),
                13 => Move(session),
                15 => ActionTransitions.Act(_call, session, SomeAction(), _now),
                10 => MediaTransitions.NodeLost(_call, _call.Node ?? Node, $"run-{_runs - random.Next(2)}"),
                11 => PaySome(),
                16 when _call.Node is not null => MediaTransitions.Elsewhere(_call, Id<MediaNodeId>(random.Next(1, 4)), $"run-{++_runs}"),
                17 => MediaTransitions.GenerationOver(_call, session, generation - random.Next(2)),
                12 => CallReconciliation.Apply(_call, SomeRoster(), Limits, _now),
                _ => SessionTransitions.Elapse(_call, _now).Then(call => CallTransitions.Elapse(call, Limits, _now)),
            };
        }

        private CallOutcome Control(SessionId session)
        {
            HostControl[] controls =
            [
                new HostControl.Make(_users[random.Next(3)]),
                new HostControl.Mute(session),
                new HostControl.MuteOthers(),
                new HostControl.AskUnmute(session),
                new HostControl.StopScreen(session),
                new HostControl.LowerHand(session),
                new HostControl.Remove(session, random.Next(8) == 0, random.Next(2) == 0),
            ];
            var author = new HostAuthor(_users[random.Next(3)], random.Next(4) == 0);
            var control = random.Next(60) == 0 ? new HostControl.End() : controls[random.Next(controls.Length)];
            var outcome = HostTransitions.Control(_call, author, control, _now);
            var isEntitled = _call.Phase == CallPhase.Live && (author.IsAdmin || author.User == _call.Host);
            if (!isEntitled) { Assert.Same(_call, outcome.State); }

            return outcome;
        }

        private CallOutcome Move(SessionId from)
        {
            if (_call.Find(from) is not { } old) { return CallOutcome.Refuse(_call, Refusal.SessionGone); }

            var admitted = CallTransitions.Admit(_call, Wish(old.User, ++_sessions, from), Limits, _now);
            return admitted.IsAccepted
                ? CallTransitions.Move(_call, from, admitted.Value!)
                : CallOutcome.Refuse(_call, admitted.Refusal!.Value);
        }

        private SessionAction SomeAction() => random.Next(7) switch
        {
            0 => new SessionAction.Mute(),
            1 => new SessionAction.Unmute(),
            2 => new SessionAction.DeclineUnmute(),
            3 => new SessionAction.RaiseHand(),
            4 => new SessionAction.LowerHand(),
            5 => new SessionAction.StartScreen(),
            _ => new SessionAction.StopScreen(),
        };

        private CallOutcome Join()
        {
            var admitted = Admit(_call, _users[random.Next(3)], ++_sessions, _now);
            return admitted.IsAccepted ? CallTransitions.Join(_call, admitted.Value!, _now) : CallOutcome.Refuse(_call, Refusal.NoCall);
        }

        private CallOutcome PaySome()
        {
            foreach (var duty in CallDuty.Of(_call).Where(_ => random.Next(2) == 0)) { Pay(duty); }

            return CallOutcome.Accept(_call);
        }

        private void Pay(CallDuty duty)
        {
            switch (duty)
            {
                case CallDuty.Place:
                    _call = MediaTransitions.Placed(_call, Node, $"run-{++_runs}");
                    break;
                case CallDuty.LeaveFormer(var former):
                    _call = MediaTransitions.Left(_call, former);
                    break;
                case CallDuty.Move(var session):
                    Apply(MediaTransitions.Moved(_call, session.Id, session.Generation, Limits, _now));
                    _call = MediaTransitions.Held(_call, session.Id, session.PermitVersion);
                    break;
                case CallDuty.Permit(var session):
                    _call = MediaTransitions.Held(_call, session.Id, session.PermitVersion);
                    break;
                case CallDuty.Close(var session):
                    _call = MediaTransitions.Closed(_call, session);
                    break;
            }
        }

        private NodeRoster SomeRoster() => new(0,
        [
            .. _call.Sessions.Where(_ => random.Next(4) > 0).Select(session => new NodeRosterEntry(
                session.Id, session.Generation, (NodeSessionState)random.Next(4), session.Permissions with { Muted = random.Next(2) == 0 })),
        ]);

        private void Apply(CallOutcome outcome)
        {
            var before = _call;
            _call = outcome.State;
            _view.Take(outcome);
            Assert.Equal(
                Enumerable.Range(1, outcome.Announced().Length).Select(number => before.Sequence + number),
                outcome.Effects.OfType<CallEffect.Announce>().Select(effect => effect.Sequence));
            Assert.Equal(before.Sequence + outcome.Announced().Length, _call.Sequence);
            Assert.Equal(_call.Sessions.Length, _call.Sessions.Select(session => session.Id).Distinct().Count());
            Assert.Equal(_call.Phase == CallPhase.Live, !_call.Sessions.IsEmpty);
            if (_call.Phase != CallPhase.Live) { return; }

            _view.MustEqual(CallView.Of(_call));
            Assert.Equal(CallView.Of(_call).Sessions, _lastView.Of(_call).Sessions.AsEnumerable());
            Assert.True(_call.Sessions.Count(session => session.Presents) <= 1, "one screen");
            Assert.DoesNotContain(_call.Sessions, session => _call.Closing.Contains(session.Id));
            Assert.True(_call.Has(_call.Host), "the host is in the call");
            Assert.True(_call.LockedUser is not { } locked || !_call.Has(locked) || _call.Host == locked, "who has the lock and is here has the chair");
            Assert.All(_call.Sessions, session => Assert.True(session.HeldVersion <= session.PermitVersion));
            Assert.All(_call.Sessions, session => Assert.True(
                session.Media == MediaLink.Up || session.MoveDue || session.MediaDeadline is not null, "what has no media has a deadline or is due a move"));
            Assert.Equal(_call.Places.Length, _call.Places.Distinct().Count());
            Assert.Equal(_call.Participants == 1, _call.AloneSince is not null);
        }
    }
}
