namespace Calls.Grains;

/// <summary>What an operator may decide about calls: the part of <c>Calls:</c> that grains need.</summary>
public sealed class CallsGrainOptions
{
    /// <summary>The section these are read from.</summary>
    public const string Section = "Calls";

    public PolicyOptions Policy { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    public SessionOptions Sessions { get; set; } = new();

    public MediaOptions Media { get; set; } = new();

    public PresenceOptions Presence { get; set; } = new();

    /// <summary>The region whose media nodes take the calls that start here. Defaults to "default": one place.</summary>
    public string Region { get; set; } = RegionName.Default.Value;

    public sealed class PolicyOptions
    {
        /// <summary>Who may start calls. Defaults to everyone: calls work at once after installation.</summary>
        public StartPolicy Start { get; set; } = StartPolicy.Everyone;
    }

    public sealed class LimitOptions
    {
        /// <summary>Sessions one call may have. Defaults to 0, no limit beside the media node's own.</summary>
        public int Participants { get; set; }

        /// <summary>
        /// Sessions one user may have in one call; 0 is no limit. Who has a sign-in could fill every node with one call. Defaults to 100: many
        /// people may share one account, and its devices one call.
        /// </summary>
        public int SessionsPerUser { get; set; } = 100;

        /// <summary>How long one person may be alone in a call. Defaults to 0, for ever: waiting for others is a use.</summary>
        public TimeSpan AloneMax { get; set; }

        /// <summary>How long a call may last. Defaults to 0, for ever.</summary>
        public TimeSpan MaxDuration { get; set; }
    }

    public sealed class SessionOptions
    {
        /// <summary>
        /// How long a session without its hub connection or media keeps its place. Too short, and a walk between two
        /// access points ends it; too long, and ghosts sit in the roster. Defaults to 30 s.
        /// </summary>
        public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>How long media may take to connect after a join. ICE over TCP on a slow line needs some 10 s. Defaults to 15 s.</summary>
        public TimeSpan MediaConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);
    }

    public sealed class PresenceOptions
    {
        /// <summary>
        /// How long after their last hub connection a user is shown as offline. Too short, and a reload shows; each change is told to
        /// everyone who shares a channel. Defaults to 10 s.
        /// </summary>
        public TimeSpan OfflineAfter { get; set; } = TimeSpan.FromSeconds(10);
    }

    public sealed class MediaOptions
    {
        /// <summary>Voice lines a client offers that does not say how many it can. Defaults to 3: more voices at once are noise.</summary>
        public int VoiceSlots { get; set; } = 3;

        /// <summary>
        /// The key that control plane and media nodes know each other by; of several with commas the first is shown, and each is accepted.
        /// Needed only where a node is another process.
        /// </summary>
        public string? NodeKey { get; set; }

        /// <summary>
        /// How long a command to a media node may take. A node answers in milliseconds; a client that waits for its command must not
        /// wait for a dead one. Defaults to 2 s.
        /// </summary>
        public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(2);
    }
}

/// <summary>Who may start calls.</summary>
public enum StartPolicy
{
    /// <summary>Every member of a conversation.</summary>
    Everyone,

    /// <summary>System administrators: test mode.</summary>
    Admins,

    /// <summary>Nobody.</summary>
    Nobody,
}
