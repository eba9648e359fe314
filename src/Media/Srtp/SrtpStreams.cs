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

    /// <summary>Adds a stream beside the others.</summary>
    public SrtpStream Add(Ssrc ssrc)
    {
        var stream = new SrtpStream(ssrc);
        _streams.Add(stream);
        return stream;
    }

    /// <summary>Why a received packet need not be opened, as far as numbers tell; <see cref="SrtpFailure.None"/> if it must.</summary>
    public SrtpFailure Refuse(SrtpStream? stream, long index, MonotonicTime now)
    {
        if (stream is not null)
        {
            return stream.Window.IsNew(index) ? SrtpFailure.None : SrtpFailure.Replayed;
        }

        return HasRoom || now - LongestIdle().LastAt >= limits.StreamIdleMin ? SrtpFailure.None : SrtpFailure.TooManyStreams;
    }

    /// <summary>Remembers an authentic packet. A stream that is new takes the place of the one idle longest if there is no other.</summary>
    public void Remember(SrtpStream? stream, Ssrc ssrc, long index, MonotonicTime now)
    {
        if (stream is null)
        {
            if (!HasRoom)
            {
                _streams.Remove(LongestIdle());
            }

            stream = Add(ssrc);
        }

        stream.Window.Accept(index);
        stream.LastAt = now;
    }

    private SrtpStream LongestIdle()
    {
        var longest = _streams[0];
        foreach (var stream in _streams)
        {
            longest = stream.LastAt < longest.LastAt ? stream : longest;
        }

        return longest;
    }
}
