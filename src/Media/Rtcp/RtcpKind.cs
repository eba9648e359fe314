namespace Calls.Media.Rtcp;

/// <summary>What an RTCP sub-packet is, by its exact type and format (row RTCP2).</summary>
public enum RtcpKind
{
    /// <summary>Anything not named here; skipped.</summary>
    Unknown,

    /// <summary>Type 200: what the sender has sent, on both its clocks (RFC 3550 §6.4.1).</summary>
    SenderReport,

    /// <summary>Type 201: how the sender of this receives others (RFC 3550 §6.4.2).</summary>
    ReceiverReport,

    /// <summary>Type 202: names of sources (RFC 3550 §6.5).</summary>
    SourceDescription,

    /// <summary>Type 203: streams that have ended (RFC 3550 §6.6).</summary>
    Goodbye,

    /// <summary>Type 205, format 1: packets asked for again (RFC 4585 §6.2.1).</summary>
    Nack,

    /// <summary>Type 205, format 15: arrival times by transport-wide number (draft-holmer-rmcat-transport-wide-cc-extensions-01).</summary>
    TransportFeedback,

    /// <summary>Type 206, format 1: the picture is lost, a key frame please (RFC 4585 §6.3.1).</summary>
    PictureLoss,

    /// <summary>Type 206, format 4: a key frame please, numbered (RFC 5104 §4.3.1).</summary>
    FullIntraRequest,

    /// <summary>Type 206, format 15, marked REMB: the receiver's estimate of the bandwidth (draft-alvestrand-rmcat-remb-03).</summary>
    ReceiverEstimate,
}
