namespace Calls.Media.Sdp;

/// <summary>Why an offer is refused as a whole. The node's API says <c>sdp.</c> and the name with a small first letter.</summary>
public enum OfferRefusal
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>The client sent something that is no session description.</summary>
    Malformed,

    /// <summary>The client sent more than <see cref="SdpLimits"/> allows.</summary>
    TooLarge,

    /// <summary>The client has no BUNDLE group with every used line in it.</summary>
    NoBundle,

    /// <summary>The client does not multiplex RTCP on a used line.</summary>
    NoRtcpMux,

    /// <summary>The client offers a profile other than UDP/TLS/RTP/SAVPF or TCP/DTLS/RTP/SAVPF.</summary>
    UnsupportedProfile,

    /// <summary>The client offers keys in the description (SDES), which everybody on the way could read.</summary>
    SdesKeys,

    /// <summary>The client gives no fingerprint, or only forgeable ones (md5, sha-1).</summary>
    NoFingerprint,

    /// <summary>The client wants to be the DTLS server, as we are.</summary>
    SetupPassive,

    /// <summary>The client gives no ICE credentials, or some of an illegal length.</summary>
    IceCredentials,

    /// <summary>The client is ICE-lite, as we are: nobody would send checks.</summary>
    IceLite,

    /// <summary>Two lines of the client have the same mid.</summary>
    DuplicateMid,

    /// <summary>The client gives one header extension id two meanings.</summary>
    ExtensionConflict,

    /// <summary>The client offers an audio line without Opus.</summary>
    NoOpus,

    /// <summary>The client offers no line that could carry anything.</summary>
    NoRole,

    /// <summary>The client's restart offer is not one of the session that stands.</summary>
    RestartChanged,
}

/// <summary>The names of refusals outside the process.</summary>
public static class OfferRefusals
{
    /// <summary>The name as the node's API says it, such as <c>sdp.noBundle</c>.</summary>
    public static string ToReason(this OfferRefusal refusal)
    {
        var name = refusal.ToString();
        return string.Concat("sdp.", char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));
    }
}
