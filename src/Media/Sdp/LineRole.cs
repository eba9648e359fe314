namespace Calls.Media.Sdp;

/// <summary>What a line carries in one direction, seen from the client.</summary>
public enum LineRole : byte
{
    /// <summary>Nothing.</summary>
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

/// <summary>What a session's lines may carry at all, fixed for its life.</summary>
public enum PeerKind : byte
{
    /// <summary>Sends and receives.</summary>
    Participant,

    /// <summary>Sends only: WHIP.</summary>
    Publisher,

    /// <summary>Receives only: WHEP, the recorder.</summary>
    Listener,
}
