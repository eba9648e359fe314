namespace Calls.Media.Sdp;

/// <summary>How large an offer may be. A browser's fullest one, with 8 voice slots, has 20 KiB and 13 lines.</summary>
public static class SdpLimits
{
    /// <summary>Characters of an offer.</summary>
    public const int TextLengthMax = 64 * 1_024;

    /// <summary>Characters of a line.</summary>
    public const int LineLengthMax = 2_048;

    /// <summary>Media lines: 8 voice slots and all else take 13.</summary>
    public const int MediaLinesMax = 24;

    /// <summary>Payload types of a media line: Chromium offers 34.</summary>
    public const int FormatsMax = 64;

    /// <summary>Header extensions of a media line: Chromium offers 13.</summary>
    public const int ExtensionsMax = 32;

    /// <summary>Simulcast layers of a media line; we use two.</summary>
    public const int RidsMax = 3;

    /// <summary>Characters of a mid or rid: what the short form of a header extension can carry.</summary>
    public const int IdLengthMax = 16;

    /// <summary>Kinds of feedback read of one payload type; browsers offer five, and wildcards must not multiply.</summary>
    public const int FeedbackMax = 16;

    /// <summary>SSRCs one line may declare: three layers, their repair streams, and as many again.</summary>
    public const int DeclaredSsrcsMax = 12;
}
