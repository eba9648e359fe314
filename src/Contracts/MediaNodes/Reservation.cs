namespace Calls.Contracts.MediaNodes;

/// <summary>One session on one run of one node.</summary>
/// <param name="Incarnation">The node's run, random per start.</param>
[GenerateSerializer, Immutable, Alias("NodeSession")]
public sealed record NodeSession(string Incarnation, CallId Call, SessionId Session);

/// <summary>What a session's media may carry at all; fixed for life.</summary>
[GenerateSerializer, Alias("SessionKind")]
public enum SessionKind
{
    /// <summary>Sends and receives.</summary>
    Participant,

    /// <summary>WHIP: sends only.</summary>
    Publisher,

    /// <summary>WHEP and the recorder: receives only.</summary>
    Listener,
}

/// <summary>Room for a session.</summary>
/// <param name="Generation">The session's peer connection, counted from 1.</param>
/// <param name="Kind">What it may carry at all.</param>
/// <param name="Permissions">What it may publish at first; the version counter is shared with later changes.</param>
/// <param name="VoiceSlots">Voice lines, 1 to 8.</param>
/// <param name="ExpiresInSeconds">How long it may stay without an offer. 30 by default.</param>
/// <param name="TraceParent">W3C trace context of the join.</param>
[GenerateSerializer, Immutable, Alias("Reservation")]
public sealed record Reservation(
    int Generation, SessionKind Kind, MediaPermissions Permissions, int VoiceSlots, int ExpiresInSeconds = 30, string? TraceParent = null);

/// <summary>What a session may publish. Replaces what was said before as a whole, if its version is higher.</summary>
/// <param name="Version">One counter per session; a version not above the stored one changes nothing.</param>
/// <param name="MayPublishVoice">Whether its microphone may be heard at all.</param>
/// <param name="MayPublishScreen">Whether it may present at all.</param>
/// <param name="Muted">Whether its voice is dropped at present.</param>
[GenerateSerializer, Immutable, Alias("MediaPermissions")]
public sealed record MediaPermissions(long Version, bool MayPublishVoice, bool MayPublishScreen, bool Muted);

/// <summary>A client's offer on its way to the node.</summary>
/// <param name="Number">1, then +1 per ICE restart of this generation.</param>
[GenerateSerializer, Immutable, Alias("NodeSdpOffer")]
public sealed record NodeSdpOffer(int Generation, int Number, string Sdp);

/// <summary>The node's answer.</summary>
[GenerateSerializer, Immutable, Alias("NodeSdpAnswer")]
public sealed record NodeSdpAnswer(int Number, string Sdp, ImmutableArray<MediaLine> Lines);

/// <summary>What one line of a session description is for.</summary>
/// <param name="Mid">The client's own name of the line.</param>
/// <param name="Index">Which voice slot, from 0; 0 for every other role.</param>
[GenerateSerializer, Immutable, Alias("MediaLine")]
public sealed record MediaLine(string Mid, LineRole Role, int Index);

/// <summary>What a line carries, seen from the client.</summary>
[GenerateSerializer, Alias("LineRole")]
public enum LineRole
{
    /// <summary>The line is rejected or inactive.</summary>
    None,

    /// <summary>The client's microphone.</summary>
    VoiceOut,

    /// <summary>One voice slot.</summary>
    VoiceIn,

    /// <summary>The client's screen.</summary>
    ScreenVideoOut,

    /// <summary>The sound of the client's screen.</summary>
    ScreenAudioOut,

    /// <summary>The presenter's screen.</summary>
    ScreenVideoIn,

    /// <summary>The sound of the presenter's screen.</summary>
    ScreenAudioIn,
}
