namespace Calls.Media.Sdp;

/// <summary>One payload type both sides agreed on.</summary>
/// <param name="Codec">What it carries.</param>
/// <param name="PayloadType">Its number on this line.</param>
/// <param name="RepairPayloadType">The number of its RTX; 0 if there is none.</param>
/// <param name="Feedback">The RTCP feedback agreed on.</param>
public sealed record NegotiatedCodec(MediaCodec Codec, byte PayloadType, byte RepairPayloadType, RtcpFeedback Feedback)
{
    /// <summary>The value of the answer's <c>a=fmtp</c>; empty if there is none.</summary>
    internal string Parameters { get; init; } = "";
}

/// <summary>RTCP feedback messages of a payload type.</summary>
[Flags]
public enum RtcpFeedback : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Which packets are missing.</summary>
    Nack = 1,

    /// <summary>Picture loss: send a key frame.</summary>
    PictureLoss = 2,

    /// <summary>Full intra request: the same, older.</summary>
    FullIntra = 4,

    /// <summary>Transport-wide congestion control.</summary>
    TransportWide = 8,

    /// <summary>Receiver's estimate of the bandwidth.</summary>
    ReceiverEstimate = 16,
}

/// <summary>One header extension both sides agreed on.</summary>
/// <param name="Id">Its number on this line.</param>
/// <param name="Extension">What it says.</param>
/// <param name="ClientSends">May the client send it?</param>
/// <param name="ClientReceives">May we send it?</param>
public sealed record NegotiatedExtension(byte Id, HeaderExtension Extension, bool ClientSends, bool ClientReceives)
{
    /// <summary>The direction as the answer writes it; null if the offer gave none.</summary>
    internal SdpDirection? Direction { get; init; }
}

/// <summary>One line of the session as it stands for life: what it is for, and what its packets look like.</summary>
public sealed record NegotiatedLine
{
    /// <summary>Its place, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The client's name of it; empty only on a rejected line that had none.</summary>
    public required string Mid { get; init; }

    /// <summary>What it carries.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Answered with port 0?</summary>
    public required bool IsRejected { get; init; }

    /// <summary>What the client sends on it.</summary>
    public required LineRole Out { get; init; }

    /// <summary>What the client receives on it.</summary>
    public required LineRole In { get; init; }

    /// <summary>Which voice slot, from 0; 0 for every other role.</summary>
    public required int Index { get; init; }

    /// <summary>The payload types, ours first.</summary>
    public required IReadOnlyList<NegotiatedCodec> Codecs { get; init; }

    /// <summary>The header extensions.</summary>
    public required IReadOnlyList<NegotiatedExtension> Extensions { get; init; }

    /// <summary>The simulcast layers the client sends, in its order; empty if there is but one.</summary>
    public required IReadOnlyList<string> Rids { get; init; }

    /// <summary>The SSRCs the client declares to send with.</summary>
    public required IReadOnlyList<uint> DeclaredSsrcs { get; init; }

    /// <summary>The RTX streams the client declares.</summary>
    public required IReadOnlyList<DeclaredRepair> DeclaredRepairs { get; init; }

    /// <summary>May RTCP be of reduced size (RFC 5506)?</summary>
    public required bool AllowsReducedSizeRtcp { get; init; }

    /// <summary>May one-byte and two-byte extensions be mixed (RFC 8285 §6)?</summary>
    public required bool AllowsMixedExtensions { get; init; }

    /// <summary>The SSRC of what we send on it; 0 if we send nothing.</summary>
    public required uint OutgoingSsrc { get; init; }

    /// <summary>The SSRC of our RTX on it; 0 if there is none.</summary>
    public required uint OutgoingRepairSsrc { get; init; }

    /// <summary>CNAME of what we send on it; empty if we send nothing.</summary>
    public required string OutgoingCname { get; init; }

    /// <summary>The id of an extension on this line; 0 if it was not agreed on.</summary>
    public byte ExtensionId(HeaderExtension extension) => Extensions.FirstOrDefault(found => found.Extension == extension)?.Id ?? 0;

    /// <summary>The payload type of a codec on this line; null if it was not agreed on.</summary>
    public NegotiatedCodec? Find(MediaCodec codec) => Codecs.FirstOrDefault(found => found.Codec == codec);
}
