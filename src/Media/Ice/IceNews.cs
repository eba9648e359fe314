namespace Calls.Media.Ice;

/// <summary>What one step of an <see cref="IceLiteAgent"/> changed; several at once are possible.</summary>
[Flags]
public enum IceNews : byte
{
    /// <summary>Nothing its owner must act on.</summary>
    None = 0,

    /// <summary>The first authenticated check: DTLS may be read from that pair.</summary>
    FirstCheck = 1,

    /// <summary>The first pair was nominated.</summary>
    Nominated = 2,

    /// <summary>Another pair was nominated: media goes there from now on (row MOVE2).</summary>
    Moved = 4,

    /// <summary>A pair was nominated under the credentials of the last restart; the old ones are gone (row MOVE1).</summary>
    Restarted = 8,

    /// <summary>No authenticated check for 10 s (row MOVE3).</summary>
    Stalled = 16,

    /// <summary>A check again after a stall.</summary>
    Resumed = 32,

    /// <summary>No authenticated check for 30 s: nothing is sent any more (row MOVE3).</summary>
    ConsentLost = 64,

    /// <summary>No authenticated check for the whole grace: the session is over, <c>consentExpired</c>.</summary>
    Expired = 128,
}

/// <summary>What came of one datagram.</summary>
/// <param name="AnswerBytes">Bytes written of an answer that must go to the source, from the address that was asked; 0 if none.</param>
/// <param name="RefusedWith">The STUN error code if the answer is a refusal, to be limited per source; else 0.</param>
/// <param name="News">What changed.</param>
public readonly record struct IceStep(int AnswerBytes, int RefusedWith, IceNews News)
{
    /// <summary>Nothing to send, nothing changed.</summary>
    public static IceStep Nothing { get; }
}
