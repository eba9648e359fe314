using Calls.Media.Datagrams;
using Calls.Media.Rtp;

namespace Calls.Media.Srtp;

/// <summary>One SSRC's numbers under one key.</summary>
internal sealed class SrtpStream(Ssrc ssrc)
{
    /// <summary>The numbers seen, and the highest of them, from which the next rollover is guessed.</summary>
    public ReplayWindow Window;

    /// <summary>Which stream.</summary>
    public Ssrc Ssrc { get; } = ssrc;

    /// <summary>When its last authentic packet came.</summary>
    public MonotonicTime LastAt { get; set; }

    /// <summary>The index that a sequence number most likely means (RFC 3711 §3.3.1 and appendix A).</summary>
    public ExtendedSequence Guess(SequenceNumber sequence) =>
        Window.IsEmpty ? ExtendedSequence.First(sequence) : new ExtendedSequence(Window.Highest).Nearest(sequence);
}

/// <summary>
/// The streams of one direction: few, so they are searched in a row. Received streams come in only when a packet of theirs has
/// been authenticated, and the longest idle gives way (row SRTP5). Sent streams never give way: forgetting one would forget which
/// numbers were used.
/// </summary>
internal sealed class SrtpStreams(SrtpLimits limits)
{
    private readonly List<SrtpStream> _streams = [];

    /// <summary>The stream's state, or null if it has none.</summary>
    public SrtpStream? Find(Ssrc ssrc)
    {
        foreach (var stream in _streams)
        {
            if (stream.Ssrc == ssrc)
            {
                return stream;
            }
        }

        return null;
    }

    /// <summary>True if another stream fits beside the others.</summary>
    public bool HasRoom => _streams.Count < limits.StreamsMax;

    /// <summary>True if another stream fits, or one has been idle long enough to give way to it.</summary>
    public bool CanMakeRoom(MonotonicTime now) => HasRoom || now - LongestIdle.LastAt >= limits.StreamIdleMin;

    /// <summary>Adds a stream; if there is no room, in place of the one that has been idle longest.</summary>
    public void Add(SrtpStream stream)
    {
        if (!HasRoom)
        {
            _streams.Remove(LongestIdle);
        }

        _streams.Add(stream);
    }

    private SrtpStream LongestIdle => _streams.MinBy(stream => stream.LastAt)!;
}
