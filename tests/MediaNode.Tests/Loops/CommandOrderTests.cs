using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Tests.Loops;

public sealed class CommandOrderTests
{
    // The word lies in the socket and the mute in the mailbox of one and the same turn.
    [Fact]
    public void What_was_forwarded_before_a_mute_has_left_before_the_mute_is_answered()   // S43
    {
        WatchedSocket socket = null!;
        using var turned = new HandTurnedLoop(() => socket = new WatchedSocket());
        turned.Join();
        turned.Join();
        var mute = new RoomWork(
            HandTurnedLoop.Call,
            new RoomCommand.Permit(HandTurnedLoop.SessionOf(0), new Permissions(2, Voice: true, Screen: false, Muted: true)),
            opens: false);

        turned.Clients[0].Say();
        LoopSet.Post(turned.Loop, mute);
        var before = turned.Loop.Output.DatagramsTotal;
        socket.HasSent = () => Assert.False(mute.Answer.IsCompleted, "a packet left after the answer");
        turned.Loop.Turn();

        Assert.True(mute.Answer.IsCompletedSuccessfully);
        Assert.Equal(1, turned.Loop.Output.DatagramsTotal - before);
    }

    private sealed class WatchedSocket : IDatagramSocket
    {
        private readonly IDatagramSocket _inner = HandTurnedLoop.OpenLinux();

        public Action HasSent { get; set; } = () => { };

        public IReadOnlyList<TransportAddress> Locals => _inner.Locals;

        public int ReceiveBufferBytes => _inner.ReceiveBufferBytes;

        public void Wait(TimeSpan atMost) => _inner.Wait(atMost);

        public int Receive(ReceiveBatch batch) => _inner.Receive(batch);

        public void Send(SendBatch batch)
        {
            _inner.Send(batch);
            HasSent();
        }

        public void Wake() => _inner.Wake();

        public void Dispose() => _inner.Dispose();
    }
}
