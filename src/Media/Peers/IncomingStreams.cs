using System.Runtime.InteropServices;
using Calls.Media.Datagrams;
using Calls.Media.Rtp;
using Calls.Media.Sdp;

namespace Calls.Media.Peers;

/// <summary>
/// Which line an incoming packet belongs to (row RTP3): by MID, then by the SSRCs of the offer, then by a payload type that only
/// one line has. The SSRC is latched, since browsers stop sending the MID; a later MID of another line moves it.
/// </summary>
/// <param name="lines">The lines that were answered.</param>
/// <param name="firstNumber">The number of this peer's first stream.</param>
/// <param name="streamsMax">Streams remembered; the one that has been quiet for longest gives way.</param>
internal sealed class IncomingStreams(PeerLines lines, long firstNumber, int streamsMax)
{
    private readonly List<IncomingStream> _streams = [];
    private long _nextNumber = firstNumber;

    /// <summary>The stream that is the voice now: of those on its line the one bound last.</summary>
    public IncomingStream? Voice { get; private set; }

    public ReadOnlySpan<IncomingStream> All => CollectionsMarshal.AsSpan(_streams);

    /// <summary>The stream of an authenticated packet; null if it fits no line.</summary>
    public IncomingStream? Bind(scoped in RtpHeader header, MonotonicTime now)
    {
        var stream = Find(header.Ssrc);
        var named = LineNamedBy(header);
        if (stream is null || (named is not null && named != stream.Line))
        {
            if (stream is not null) { Forget(stream); }

            var line = named ?? LineOffering(header.Ssrc) ?? OnlyLineWith(header.PayloadType);
            stream = line is null ? null : Add(new IncomingStream(header.Ssrc, line, _nextNumber++));
        }

        if (stream is not null) { stream.LastAt = now; }
        return stream;
    }

    public IncomingStream? Find(Ssrc ssrc)
    {
        foreach (var stream in All)
        {
            if (stream.Ssrc == ssrc) { return stream; }
        }

        return null;
    }

    /// <summary>The client has said goodbye for it (row RTCP9), or it is another line's now.</summary>
    public void Forget(IncomingStream stream)
    {
        _streams.Remove(stream);
        if (Voice == stream) { Voice = null; }
    }

    private IncomingStream Add(IncomingStream stream)
    {
        if (_streams.Count == streamsMax)
        {
            var quietest = _streams[0];
            foreach (var other in All)
            {
                if (other.LastAt < quietest.LastAt) { quietest = other; }
            }

            Forget(quietest);
        }

        _streams.Add(stream);
        if (stream.Line.Role == LineRole.VoiceOut) { Voice = stream; }
        return stream;
    }

    private IncomingLine? LineNamedBy(scoped in RtpHeader header)
    {
        foreach (var line in lines.Incoming)
        {
            if (line.MidId == 0 || !header.Extensions.TryFind(line.MidId, out var mid)) { continue; }

            foreach (var named in lines.Incoming)
            {
                if (named.MidId == line.MidId && mid.SequenceEqual(named.Mid.Span)) { return named; }
            }
        }

        return null;
    }

    private IncomingLine? LineOffering(Ssrc ssrc)
    {
        foreach (var line in lines.Incoming)
        {
            if (Array.IndexOf(line.Ssrcs, ssrc) >= 0) { return line; }
        }

        return null;
    }

    private IncomingLine? OnlyLineWith(PayloadType type)
    {
        IncomingLine? found = null;
        foreach (var line in lines.Incoming)
        {
            if (!line.Has(type) && line.RedType != type) { continue; }
            if (found is not null) { return null; }

            found = line;
        }

        return found;
    }
}
