using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Tests.Sockets;

/// <summary>What becomes of a batch when the system has no room.</summary>
public sealed class SendBatchTests : IDisposable
{
    private static readonly TransportAddress s_local = TransportAddress.FromIPv4(0x7F000001, 1);

    private readonly FullSocket _socket = new();
    private readonly SendBatch _batch;

    public SendBatchTests() => _batch = new SendBatch(_socket);

    public void Dispose() => _batch.Dispose();

    [Fact]
    public void What_the_system_has_no_room_for_goes_out_one_turn_later_in_order()
    {
        _socket.Takes = 1;
        Send(1, 2, 3);
        _batch.Flush();
        Assert.Equal(2, _batch.Count);

        _socket.Takes = 10;
        Send(4);
        _batch.Flush();

        Assert.Equal([1, 2, 3, 4], _socket.Sent);
    }

    [Fact]
    public void The_second_time_it_is_lost_and_counted()
    {
        _socket.Takes = 0;
        Send(1);
        _batch.Flush();
        _batch.Flush();
        _socket.Takes = 10;
        _batch.Flush();

        Assert.Empty(_socket.Sent);
        Assert.Equal(1, _batch.Errors.Full);
    }

    [Fact]
    public void A_system_that_takes_nothing_never_makes_the_batch_overflow()
    {
        _socket.Takes = 0;

        for (var i = 0; i < 10 * SendBatch.Capacity; i++) { Send((byte)i); }

        Assert.InRange(_batch.Count, 1, SendBatch.Capacity);
    }

    [Fact]
    public void What_was_lent_and_not_sent_is_taken_back()
    {
        _batch.Lend(PeerLimits.DatagramBytesMax).Fill(9);
        Send(1);
        _batch.Flush();

        Assert.Equal([1], _socket.Sent);
    }

    private void Send(params byte[] marks)
    {
        foreach (var mark in marks)
        {
            _batch.Lend(100)[0] = mark;
            _batch.Send(new Route(s_local, TransportAddress.FromIPv4(0x7F000001, 2)), 100);
        }
    }

    private sealed class FullSocket : IDatagramSocket
    {
        public int Takes { get; set; } = int.MaxValue;

        public List<byte> Sent { get; } = [];

        public IReadOnlyList<TransportAddress> Locals => [s_local];

        public int ReceiveBufferBytes => 0;

        public unsafe void Send(SendBatch batch)
        {
            foreach (ref var datagram in batch.Pending)
            {
                if (Takes-- > 0)
                {
                    Sent.Add(*datagram.Data);
                    continue;
                }

                datagram.IsKept = !datagram.WasKept;
                batch.HasKept |= datagram.IsKept;
                if (datagram.WasKept) { batch.Errors.CountFull(); }
            }
        }

        public void Wait(TimeSpan atMost)
        {
            // It never has anything.
        }

        public int Receive(ReceiveBatch batch) => 0;

        public void Wake()
        {
            // Nobody waits.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
