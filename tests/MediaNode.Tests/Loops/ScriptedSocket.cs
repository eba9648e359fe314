using Calls.Media.Datagrams;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Tests.Loops;

/// <summary>A socket that receives what the test gives it, all of it in one batch, and sends to nobody.</summary>
internal sealed class ScriptedSocket : IDatagramSocket
{
    private readonly Queue<(byte[] Bytes, TransportAddress Source)> _pending = new();

    public IReadOnlyList<TransportAddress> Locals { get; } = [TransportAddress.FromIPv4(0x7F000001, 8443)];

    public int ReceiveBufferBytes => 0;

    public void Add(byte[] datagram, TransportAddress source) => _pending.Enqueue((datagram, source));

    public void Wait(TimeSpan atMost)
    {
        // What is pending is there at once.
    }

    public unsafe int Receive(ReceiveBatch batch)
    {
        var count = 0;
        while (count < ReceiveBatch.Capacity && _pending.TryDequeue(out var next))
        {
            next.Bytes.CopyTo(new Span<byte>(batch.Slab(count), ReceiveBatch.ReceiveBytesMax));
            batch.Fill(count++, next.Bytes.Length, 0, next.Source);
        }

        return count;
    }

    public void Send(SendBatch batch)
    {
        // Nobody is there.
    }

    public void Wake()
    {
        // The test turns the loop itself.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
