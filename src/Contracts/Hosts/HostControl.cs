namespace Calls.Contracts.Hosts;

/// <summary>What a host, or a system administrator, may do to a call. A closed hierarchy.</summary>
[GenerateSerializer, Immutable, Alias("HostControl")]
public abstract record HostControl
{
    private HostControl() { }

    /// <summary>Its name in routes, figures and the audit, such as <c>mute-others</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gives the chair to a user who is in the call, and locks it for them. Or NotInCall.</summary>
    [GenerateSerializer, Immutable, Alias("HostControl.Make")]
    public sealed record Make(UserId UserId) : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "make";
    }

    /// <summary>Silences one session; its user may unmute again. Muted already: accepted. Or SessionGone.</summary>
    [GenerateSerializer, Immutable, Alias("HostControl.Mute")]
    public sealed record Mute(SessionId SessionId) : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "mute";
    }

    /// <summary>Silences every session whose user is not the one who asks.</summary>
    [GenerateSerializer, Immutable, Alias("HostControl.MuteOthers")]
    public sealed record MuteOthers : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "mute-others";
    }

    /// <summary>
    /// Asks the user of a muted session to unmute; nothing changes without their choice. Not muted: accepted, nobody is asked.
    /// Or SessionGone; Invalid for a session that has no voice.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("HostControl.AskUnmute")]
    public sealed record AskUnmute(SessionId SessionId) : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "ask-unmute";
    }

    /// <summary>Ends the session's screen share. Not presenting: accepted, nothing happens. Or SessionGone.</summary>
    [GenerateSerializer, Immutable, Alias("HostControl.StopScreen")]
    public sealed record StopScreen(SessionId SessionId) : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "stop-screen";
    }

    /// <summary>Takes a raised hand down. Not raised: accepted, nothing happens. Or SessionGone.</summary>
    [GenerateSerializer, Immutable, Alias("HostControl.LowerHand")]
    public sealed record LowerHand(SessionId SessionId) : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "lower-hand";
    }

    /// <summary>Takes a session out of the call. Or SessionGone; Invalid where somebody would block themselves.</summary>
    /// <param name="Block">The session's user may not join this call again.</param>
    /// <param name="AllSessions">Takes all of that user's sessions out.</param>
    [GenerateSerializer, Immutable, Alias("HostControl.Remove")]
    public sealed record Remove(SessionId SessionId, bool Block, bool AllSessions) : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "remove";
    }

    /// <summary>Ends the call for everyone.</summary>
    [GenerateSerializer, Immutable, Alias("HostControl.End")]
    public sealed record End : HostControl
    {
        /// <inheritdoc/>
        public override string Name => "end";
    }
}
