using Calls.Media.Sdp;

namespace Calls.Media.Peers;

/// <summary>What became of an offer.</summary>
internal enum OfferVerdict : byte
{
    /// <summary>It was answered, now or before.</summary>
    Answered,

    /// <summary>The client used its number for another text.</summary>
    Conflict,

    /// <summary>The client has made a later offer.</summary>
    Superseded,

    /// <summary>The client's offer cannot be answered; nothing has changed.</summary>
    Refused,
}

/// <summary>An offer's answer, or why there is none.</summary>
internal sealed record OfferOutcome(OfferVerdict Verdict, SdpAnswer? Answer = null, string? Detail = null);
