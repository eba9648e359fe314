namespace Calls.Contracts.Calls;

/// <summary>Every reason why the service says no. On the wire the names stand in snake_case, as in <c>not_a_member</c>.</summary>
[GenerateSerializer, Alias("Refusal")]
public enum Refusal
{
    /// <summary>The request is malformed or out of range. HTTP 400.</summary>
    Invalid,

    /// <summary>The caller is not signed in, or the sign-in was revoked or has expired. HTTP 401.</summary>
    Unauthenticated,

    /// <summary>The caller is known and may not do this. HTTP 403.</summary>
    Forbidden,

    /// <summary>The caller is not a member of the channel. HTTP 403.</summary>
    NotAMember,

    /// <summary>The host removed the caller and blocked them for this call. HTTP 403.</summary>
    Blocked,

    /// <summary>Calls are switched off in this channel or by the workspace. HTTP 403.</summary>
    CallsDisabled,

    /// <summary>Only admins may start calls at present. HTTP 403.</summary>
    CallsTestMode,

    /// <summary>Screen sharing is switched off by the admin. HTTP 403.</summary>
    ScreenDisabled,

    /// <summary>The session belongs to another user, or to another connection. HTTP 403.</summary>
    NotYourSession,

    /// <summary>No such thing, as far as the caller may know. HTTP 404.</summary>
    NotFound,

    /// <summary>There is no live call here. HTTP 404.</summary>
    NoCall,

    /// <summary>The session has ended. HTTP 404.</summary>
    SessionGone,

    /// <summary>The call has as many participants as it may have. HTTP 409.</summary>
    CallFull,

    /// <summary>Another session holds the screen slot. HTTP 409.</summary>
    ScreenTaken,

    /// <summary>A call is live here already. HTTP 409.</summary>
    AlreadyLive,

    /// <summary>The user is not in this call. HTTP 409.</summary>
    NotInCall,

    /// <summary>The resume token was used by somebody faster. HTTP 409.</summary>
    ResumeLost,

    /// <summary>The channel is archived. HTTP 409.</summary>
    ChannelArchived,

    /// <summary>A recording is running already. HTTP 409.</summary>
    RecordingRunning,

    /// <summary>No recording is running. HTTP 409.</summary>
    NotRecording,

    /// <summary>The user, or the other side of the direct channel, is deactivated. HTTP 409.</summary>
    UserDeactivated,

    /// <summary>The offer belongs to a generation that is over. HTTP 409.</summary>
    MediaMoved,

    /// <summary>The body is larger than the limit. HTTP 413.</summary>
    TooLarge,

    /// <summary>The content type is not accepted. HTTP 415.</summary>
    UnsupportedMedia,

    /// <summary>The session description cannot be answered; the detail says why. HTTP 422.</summary>
    SdpRejected,

    /// <summary>Too many requests; the answer says when to try again. HTTP 429.</summary>
    RateLimited,

    /// <summary>No media node can take the call. HTTP 503.</summary>
    NoMediaNode,

    /// <summary>The service cannot do this now; it is safe to try again. HTTP 503.</summary>
    Unavailable,
}
