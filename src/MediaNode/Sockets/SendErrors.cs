namespace Calls.MediaNode.Sockets;

/// <summary>What one loop could not send, by reason. Written by the loop, read by the metrics.</summary>
internal sealed class SendErrors
{
    private long _full;
    private long _unreachable;
    private long _tooBig;
    private long _other;

    /// <summary>The system's buffers were full, twice in a row.</summary>
    public long Full => Volatile.Read(ref _full);

    /// <summary>No way to that address.</summary>
    public long Unreachable => Volatile.Read(ref _unreachable);

    /// <summary>Larger than the path takes.</summary>
    public long TooBig => Volatile.Read(ref _tooBig);

    public long Other => Volatile.Read(ref _other);

    public void CountFull() => Volatile.Write(ref _full, _full + 1);

    public void CountUnreachable() => Volatile.Write(ref _unreachable, _unreachable + 1);

    public void CountTooBig() => Volatile.Write(ref _tooBig, _tooBig + 1);

    public void CountOther() => Volatile.Write(ref _other, _other + 1);
}
