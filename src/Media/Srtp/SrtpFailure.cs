namespace Calls.Media.Srtp;

/// <summary>Why a packet was not opened or not sealed. It is counted and costs that one packet, except as said here.</summary>
public enum SrtpFailure
{
    /// <summary>It was opened or sealed.</summary>
    None,

    /// <summary>The peer sent what is no packet, or one too short for its header and tag.</summary>
    Malformed,

    /// <summary>The tag does not fit: forged, damaged, or sealed with another key.</summary>
    NotAuthentic,

    /// <summary>The peer, or someone recording it, sent a packet again, or one older than the replay window (row SRTP4).</summary>
    Replayed,

    /// <summary>The peer sent RTCP in the clear, which was not agreed (row SRTP8).</summary>
    NotEncrypted,

    /// <summary>The peer sends more streams than <see cref="SrtpLimits.StreamsMax"/>, and all of them are in use (row SRTP5).</summary>
    TooManyStreams,

    /// <summary>Our own side tried to seal a number twice under one key, or one too old to tell (row SRTP6). A bug, made harmless.</summary>
    NonceReused,

    /// <summary>The key has sealed all it may. The session must end as <c>keyExhausted</c> (row SRTP7).</summary>
    KeyExhausted,
}
