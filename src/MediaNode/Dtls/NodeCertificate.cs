using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Calls.Media.Dtls;

namespace Calls.MediaNode.Dtls;

/// <summary>
/// The certificate of one process: ECDSA P-256, self-signed, made anew at each start (row DTLS4). Nobody trusts it by name;
/// the answer carries its fingerprint over the signalling that the client trusts already.
/// </summary>
internal sealed class NodeCertificate
{
    // Browsers don't look at the dates of such a certificate; other stacks may, and clocks differ.
    private static readonly TimeSpan ValidBefore = TimeSpan.FromDays(2);
    private static readonly TimeSpan ValidAfter = TimeSpan.FromDays(3650);

    private NodeCertificate(byte[] certificateDer, byte[] privateKeyDer)
    {
        CertificateDer = certificateDer;
        PrivateKeyDer = privateKeyDer;
        Fingerprint = CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, certificateDer);
    }

    public byte[] CertificateDer { get; }

    /// <summary>The key as an RFC 5915 ECPrivateKey.</summary>
    public byte[] PrivateKeyDer { get; }

    public CertificateFingerprint Fingerprint { get; }

    public static NodeCertificate Create(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=calls", key, HashAlgorithmName.SHA256);
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - ValidBefore, now + ValidAfter);
        return new NodeCertificate(certificate.RawData, key.ExportECPrivateKey());
    }
}
