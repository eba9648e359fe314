namespace Calls.Media.Peers;

/// <summary>How far a session's media is.</summary>
public enum SessionProgress : byte
{
    /// <summary>Reserved; no offer yet.</summary>
    Reserved,

    /// <summary>Answered; no media yet.</summary>
    Connecting,

    /// <summary>Media can flow.</summary>
    Connected,

    /// <summary>No authenticated check for a while.</summary>
    Stalled,

    /// <summary>Over.</summary>
    Ended,
}
