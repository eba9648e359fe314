using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Tests.Loops;

public sealed class CommandOrderTests
{
    // The word and the mute come in one and the same turn.
    [Fact]
    public void What_was_forwarded_before_a_mute_has_left_before_the_mute_is_answered()   // S43
    {
        WatchedSocket socket = null!;
        using var turned = new HandTurnedLoop(() => socket = new WatchedSocket());
        turned.Join();
        turned.Join();
        var mute = new RoomCommand.Permit(HandTurnedLoop.SessionOf(0), new Permissions(2, Voice: true, Screen: false, Muted: true));
        Task<RoomAnswer>? answer = null;

        var before = turned.Loop.Counters.Media.VoicesForwarded;
        socket.HasReceived = () => answer ??= turned.Ask(mute);
        socket.HasSent = () => Assert.False(answer is { IsCompleted: true }, "a packet left after the answer");
        turned.Clients[0].Say();
        for (var turn = 0; turn < 10 && answer is not { IsCompleted: true }; turn++) { turned.Loop.Turn(); }

        Assert.True(answer is { IsCompletedSuccessfully: true });
        Assert.Equal(1, turned.Loop.Counters.Media.VoicesForwarded - before);
    }

    private sealed class WatchedSocket : IDatagramSocket
    {
        private readonly IDatagramSocket _inner = HandTurnedLoop.OpenLinux();

        public Action HasReceived { get; set; } = () => { };

        public Action HasSent { get; set; } = () => { };

        public IReadOnlyList<TransportAddress> Locals => _inner.Locals;

        public int ReceiveBufferBytes => _inner.ReceiveBufferBytes;

        public void Wait(TimeSpan atMost) => _inner.Wait(atMost);

        public int Receive(ReceiveBatch batch)
        {
            var count = _inner.Receive(batch);
            if (count > 0) { HasReceived(); }

            return count;
        }

        public void Send(SendBatch batch)
        {
            _inner.Send(batch);
            HasSent();
        }

        public void Wake() => _inner.Wake();

        public void Dispose() => _inner.Dispose();
    }
}
