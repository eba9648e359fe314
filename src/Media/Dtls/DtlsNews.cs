namespace Calls.Media.Dtls;

/// <summary>What one step of a <see cref="DtlsTransport"/> changed. All but the first two end the session.</summary>
public enum DtlsNews : byte
{
    /// <summary>Nothing its owner must act on.</summary>
    None,

    /// <summary>The peer is who the offer said, and <see cref="DtlsTransport.Keys"/> are there.</summary>
    Connected,

    /// <summary>The peer sent close_notify or a fatal alert: <c>closedByPeer</c>.</summary>
    ClosedByPeer,

    /// <summary>The peer's certificate is not the one of the offer: <c>fingerprintMismatch</c>.</summary>
    FingerprintMismatch,

    /// <summary>No SRTP protection profile in common: <c>noSrtpProfile</c>.</summary>
    NoSrtpProfile,

    /// <summary>The handshake failed or took too long: <c>dtlsFailed</c>.</summary>
    Failed,
}
