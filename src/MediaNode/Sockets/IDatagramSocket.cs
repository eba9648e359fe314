using Calls.Media.Datagrams;

namespace Calls.MediaNode.Sockets;

/// <summary>
/// One loop's way to the network: its UDP sockets, one per own address, all on the port that the loops share. Used by the
/// loop's thread; only <see cref="Wake"/> may come from others.
/// </summary>
internal interface IDatagramSocket : IDisposable
{
    /// <summary>The own addresses, as bound. A datagram's <c>Local</c> is an index into them.</summary>
    IReadOnlyList<TransportAddress> Locals { get; }

    /// <summary>What the system granted of the asked buffers, in bytes, for the log.</summary>
    int ReceiveBufferBytes { get; }

    /// <summary>Waits until there is something to receive, somebody wakes it, or the time is up.</summary>
    void Wait(TimeSpan atMost);

    /// <summary>Takes what is there, at most a batch; never waits. 0: there is nothing more.</summary>
    int Receive(ReceiveBatch batch);

    /// <summary>Sends the batch and counts what could not be sent. Never waits.</summary>
    void Send(SendBatch batch);

    /// <summary>Ends a <see cref="Wait"/>, or the next one if none is on.</summary>
    void Wake();
}
