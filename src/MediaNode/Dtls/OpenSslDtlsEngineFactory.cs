using System.Runtime.InteropServices;
using Calls.Media.Dtls;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Dtls;

/// <summary>Sets OpenSSL up once for all associations of the process. Its engines may be used on different threads.</summary>
internal sealed unsafe class OpenSslDtlsEngineFactory : IDtlsEngineFactory, IDisposable
{
    // The one suite every WebRTC endpoint must have (RFC 8827 §6.5), and the cheapest.
    private static ReadOnlySpan<byte> Ciphers => "ECDHE-ECDSA-AES128-GCM-SHA256\0"u8;

    private static ReadOnlySpan<byte> Groups => "X25519:P-256\0"u8;

    private static ReadOnlySpan<byte> SignatureAlgorithms => "ECDSA+SHA256\0"u8;

    // What a client may sign with. RSA is for the few that still show an RSA certificate (GStreamer); browsers use ECDSA.
    private static ReadOnlySpan<byte> ClientSignatureAlgorithms => "ECDSA+SHA256:ECDSA+SHA384:RSA-PSS+SHA256:RSA+SHA256\0"u8;

    // Our order wins over the client's, which lists CM first (row DTLS6).
    private static ReadOnlySpan<byte> SrtpProfiles => "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80\0"u8;

    private readonly SslContextHandle _context;

    private readonly Action<TimeSpan> _shaken;

    /// <summary>Makes a context with the node's certificate.</summary>
    /// <param name="certificate">What clients are shown.</param>
    /// <param name="shaken">Takes the processor time of each handshake that succeeds; zero where it cannot be read.</param>
    public OpenSslDtlsEngineFactory(NodeCertificate certificate, Action<TimeSpan>? shaken = null)
    {
        _shaken = shaken ?? (_ => { });
        ArgumentNullException.ThrowIfNull(certificate);
        OpenSslLibrary.EnsureLoaded();
        LocalFingerprint = certificate.Fingerprint;
        OpenSslCalls.ClearErrors();
        _context = new SslContextHandle(OpenSslCalls.ContextNew(OpenSslCalls.DtlsServerMethod()));
        Require(!_context.IsInvalid, "make a context");
        RestrictProtocol();
        UseCertificate(certificate);
    }

    /// <inheritdoc/>
    public CertificateFingerprint LocalFingerprint { get; }

    /// <inheritdoc/>
    public IDtlsEngine CreateServer()
    {
        OpenSslCalls.ClearErrors();
        return new OpenSslDtlsEngine(_context, _shaken);
    }

    public void Dispose() => _context.Dispose();

    private void RestrictProtocol()
    {
        // 1.3 is not in OpenSSL 3, 1.0 is refused: a client that offers several gets 1.2 (row DTLS3).
        Require(Control(OpenSslCalls.ControlMinimumVersion, OpenSslCalls.Dtls12) == 1, "require DTLS 1.2");
        Require(Control(OpenSslCalls.ControlMaximumVersion, OpenSslCalls.Dtls12) == 1, "limit it to DTLS 1.2");
        _ = OpenSslCalls.ContextSetOptions(
            _context.Pointer,
            OpenSslCalls.OptionNoQueryMtu | OpenSslCalls.OptionNoTicket | OpenSslCalls.OptionNoRenegotiation
                | OpenSslCalls.OptionCipherServerPreference);
        _ = Control(OpenSslCalls.ControlSessionCacheMode, 0);
        _ = Control(OpenSslCalls.ControlMode, OpenSslCalls.ModeReleaseBuffers);
        Require(Control(OpenSslCalls.ControlSetGroupsList, Groups) == 1, "set groups");
        Require(Control(OpenSslCalls.ControlSetSignatureAlgorithmsList, SignatureAlgorithms) == 1, "set signature algorithms");
        Require(
            Control(OpenSslCalls.ControlSetClientSignatureAlgorithmsList, ClientSignatureAlgorithms) == 1,
            "set the client's signature algorithms");
        fixed (byte* ciphers = Ciphers, profiles = SrtpProfiles)
        {
            Require(OpenSslCalls.ContextSetCiphers(_context.Pointer, ciphers) == 1, "set ciphers");
            Require(OpenSslCalls.ContextSetSrtpProfiles(_context.Pointer, profiles) == 0, "set SRTP profiles");
        }

        OpenSslCalls.ContextSetVerify(_context.Pointer, OpenSslCalls.VerifyPeerAndRequireCertificate, &AcceptCertificate);
    }

    private void UseCertificate(NodeCertificate certificate)
    {
        fixed (byte* der = certificate.CertificateDer, key = certificate.PrivateKeyDer)
        {
            Require(
                OpenSslCalls.ContextUseCertificate(_context.Pointer, certificate.CertificateDer.Length, der) == 1,
                "take the certificate");
            Require(
                OpenSslCalls.ContextUsePrivateKey(
                    OpenSslCalls.KeyTypeEllipticCurve, _context.Pointer, key, certificate.PrivateKeyDer.Length) == 1,
                "take the private key");
        }
    }

    // Any certificate passes here: DtlsTransport compares its fingerprint with the offer's before a key is exported.
    [UnmanagedCallersOnly]
    private static int AcceptCertificate(int verified, nint store) => 1;

    private nint Control(int command, nint number) => OpenSslCalls.ContextControl(_context.Pointer, command, number, null);

    private nint Control(int command, ReadOnlySpan<byte> text)
    {
        fixed (byte* pointer = text) { return OpenSslCalls.ContextControl(_context.Pointer, command, 0, pointer); }
    }

    private static void Require(bool done, string what)
    {
        if (!done) { throw new InvalidOperationException($"OpenSSL could not {what} for DTLS; is it version 3?"); }
    }
}
