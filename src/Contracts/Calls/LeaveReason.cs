namespace Calls.Contracts.Calls;

/// <summary>Why a session is no longer in its call.</summary>
[GenerateSerializer, Alias("LeaveReason")]
public enum LeaveReason
{
    /// <summary>The client left.</summary>
    Left,

    /// <summary>The host or an admin removed it.</summary>
    Removed,

    /// <summary>The call ended.</summary>
    CallEnded,

    /// <summary>Media was not connected in time.</summary>
    MediaTimeout,

    /// <summary>Media was lost and did not come back within the grace period.</summary>
    MediaLost,

    /// <summary>The hub connection was lost and not resumed within the grace period.</summary>
    ConnectionLost,

    /// <summary>The sign-in was revoked or expired, or the user was deactivated.</summary>
    SignedOut,

    /// <summary>The user is no longer a member of the channel.</summary>
    NoLongerMember,

    /// <summary>The session went on at another connection, or the call on another device.</summary>
    Moved,
}

/// <summary>Why a call is over.</summary>
[GenerateSerializer, Alias("CallEndReason")]
public enum CallEndReason
{
    /// <summary>Nobody was left.</summary>
    LastLeft,

    /// <summary>The host ended it for everyone.</summary>
    EndedByHost,

    /// <summary>An admin ended it for everyone.</summary>
    EndedByAdmin,

    /// <summary>One person was alone for longer than <c>Calls:Limits:AloneMax</c>.</summary>
    Alone,

    /// <summary>It lasted <c>Calls:Limits:MaxDuration</c>.</summary>
    MaxDuration,

    /// <summary>The channel was archived.</summary>
    ChannelArchived,

    /// <summary>It never came to life.</summary>
    Failed,
}

/// <summary>How somebody came to hold the chair.</summary>
[GenerateSerializer, Alias("HostChangeReason")]
public enum HostChangeReason
{
    /// <summary>They started the call.</summary>
    Started,

    /// <summary>The former host or an admin gave it to them.</summary>
    Transferred,

    /// <summary>The former host was gone with all sessions.</summary>
    Succeeded,

    /// <summary>They were given it by transfer, were away, and are back.</summary>
    Returned,
}

/// <summary>Why a screen is no longer shared.</summary>
[GenerateSerializer, Alias("ScreenStopReason")]
public enum ScreenStopReason
{
    /// <summary>The presenter stopped.</summary>
    Stopped,

    /// <summary>The host or an admin stopped it.</summary>
    StoppedByHost,

    /// <summary>The presenting session left the call, or went on on another device.</summary>
    Left,
}
