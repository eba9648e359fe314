using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Simulation;
using Calls.Media.Srtp;
using Calls.Media.Tracks;

namespace Calls.Media.Tests.Rooms;

/// <summary>Promise 4, where the end of a session itself goes wrong.</summary>
public sealed class FailingEndTests
{
    private static readonly MonotonicTime s_now = MonotonicTime.FromMilliseconds(1_000);

    private readonly MediaCounters _counters = new();
    private readonly Room _room;
    private Broken _output;

    public FailingEndTests()
    {
        var node = TransportAddress.FromIPv4(0x0A000001, 8443);
        var seams = new PeerSeams(
            new ScriptedHandshake.Factory(SrtpProfile.AeadAes128Gcm), new IntrinsicsEngine(), new SeededEntropy(1));
        _room = new Room(new RoomSettings(), seams, new PeerSetup(0, IceCandidate.For([node])), _counters);
    }

    [Fact]
    public void A_session_whose_end_fails_leaves_its_seat_and_may_come_again()
    {
        Reserve("alice");
        Reserve("bob");

        Assert.Throws<InvalidOperationException>(() => _room.Carry(new RoomCommand.Close("alice"), s_now, ref _output));

        Assert.Equal(1, _room.SessionCount);
        Assert.Equal(1, _counters.Sessions(SessionProgress.Reserved));
        Assert.True(Reserve("alice").IsNew);
    }

    [Fact]
    public void A_session_that_could_not_even_be_failed_leaves_its_seat()
    {
        Reserve("alice");
        var late = s_now + TimeSpan.FromHours(1);
        Assert.Throws<InvalidOperationException>(() => _room.Tick(late, ref _output));   // its reservation has run out

        _room.Fail(_room.AtWork!, late, ref _output);

        Assert.Equal(0, _room.SessionCount);
        Assert.True(_room.IsOver);
    }

    private RoomReply.Reserved Reserve(string session) => Assert.IsType<RoomReply.Reserved>(_room.Carry(
        new RoomCommand.Reserve(
            session, new Reservation(1, PeerKind.Participant, new Permissions(1, true, false, false), 3, TimeSpan.FromSeconds(30))),
        s_now,
        ref _output));

    private struct Broken : IRoomOutput
    {
        public readonly Span<byte> Lend(int bytesMax) => new byte[bytesMax];

        public readonly void Send(in Route route, int bytes)
        {
            // Nobody is there.
        }

        public readonly void Emit(RoomEvent news)
        {
            if (news is RoomEvent.Disconnected) { throw new InvalidOperationException("a bug"); }
        }
    }
}
