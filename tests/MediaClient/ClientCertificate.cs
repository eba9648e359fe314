using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Calls.MediaClient;

/// <summary>A client's self-signed certificate, and how SDP names one.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(byte[] certificate, byte[] key)
    {
        Certificate = certificate;
        Key = key;
    }

    public byte[] Certificate { get; }

    public byte[] Key { get; }

    public string Fingerprint => FingerprintOf(Certificate);

    public static ClientCertificate Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return new ClientCertificate(certificate.RawData, key.ExportECPrivateKey());
    }

    /// <summary>The value of <c>a=fingerprint</c> for a certificate.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> certificate) =>
        "sha-256 " + BitConverter.ToString(SHA256.HashData(certificate)).Replace('-', ':');
}
