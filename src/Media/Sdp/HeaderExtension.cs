namespace Calls.Media.Sdp;

/// <summary>The RTP header extensions that pass through a node; all others end there (row RTP5).</summary>
public enum HeaderExtension : byte
{
    /// <summary>Audio level of the client, RFC 6464.</summary>
    AudioLevel,

    /// <summary>Which line a packet belongs to, RFC 9143.</summary>
    Mid,

    /// <summary>Which simulcast layer, RFC 8852.</summary>
    RtpStreamId,

    /// <summary>Which simulcast layer a repair stream mends, RFC 8852.</summary>
    RepairedRtpStreamId,

    /// <summary>One number line over all packets of a transport, draft-holmer-rmcat-transport-wide-cc-extensions-01.</summary>
    TransportSequence,

    /// <summary>When the packet was sent.</summary>
    AbsoluteSendTime,

    /// <summary>AV1's dependency descriptor.</summary>
    DependencyDescriptor,
}

internal static class HeaderExtensions
{
    internal static bool TryParse(string uri, out HeaderExtension extension)
    {
        foreach (var candidate in Enum.GetValues<HeaderExtension>())
        {
            if (candidate.ToUri() == uri)
            {
                extension = candidate;
                return true;
            }
        }

        extension = default;
        return false;
    }

    internal static string ToUri(this HeaderExtension extension) => extension switch
    {
        HeaderExtension.AudioLevel => "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        HeaderExtension.Mid => "urn:ietf:params:rtp-hdrext:sdes:mid",
        HeaderExtension.RtpStreamId => "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
        HeaderExtension.RepairedRtpStreamId => "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
        HeaderExtension.TransportSequence => "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        HeaderExtension.AbsoluteSendTime => "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        _ => "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
    };
}
