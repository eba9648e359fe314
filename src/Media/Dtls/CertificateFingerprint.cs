using System.Security.Cryptography;

namespace Calls.Media.Dtls;

/// <summary>Hash functions a fingerprint may use (RFC 8122 §5). MD5 and SHA-1 are not among them: they can be forged.</summary>
public enum FingerprintAlgorithm : byte
{
    /// <summary>sha-256.</summary>
    Sha256,

    /// <summary>sha-384.</summary>
    Sha384,

    /// <summary>sha-512.</summary>
    Sha512,
}

/// <summary>The digest of a certificate, as offers and answers carry it (RFC 8122 §5): what media keys are tied to.</summary>
public sealed class CertificateFingerprint : IEquatable<CertificateFingerprint>
{
    private const int DigestBytesMax = 64;

    private readonly byte[] _digest;

    private CertificateFingerprint(FingerprintAlgorithm algorithm, byte[] digest)
    {
        Algorithm = algorithm;
        _digest = digest;
    }

    /// <summary>The hash function.</summary>
    public FingerprintAlgorithm Algorithm { get; }

    /// <summary>The digest.</summary>
    public ReadOnlySpan<byte> Digest => _digest;

    /// <summary>The fingerprint of a certificate in DER.</summary>
    public static CertificateFingerprint Of(FingerprintAlgorithm algorithm, ReadOnlySpan<byte> certificateDer)
    {
        Span<byte> digest = stackalloc byte[DigestBytesMax];
        return new CertificateFingerprint(algorithm, digest[..Hash(algorithm, certificateDer, digest)].ToArray());
    }

    /// <summary>
    /// Reads the value of an <c>a=fingerprint</c> line, such as <c>sha-256 12:AB:…</c>; hex case does not matter. False for an
    /// unknown or weak hash function and for a digest of the wrong length.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CertificateFingerprint? fingerprint)
    {
        fingerprint = null;
        text = text.Trim();
        var space = text.IndexOf(' ');
        if (space < 0 || !TryParseAlgorithm(text[..space], out var algorithm)) { return false; }

        var hex = text[(space + 1)..].Trim();
        var digest = new byte[DigestBytes(algorithm)];
        if (hex.Length != (digest.Length * 3) - 1) { return false; }

        for (var i = 0; i < digest.Length; i++)
        {
            var at = i * 3;
            if (!char.IsAsciiHexDigit(hex[at]) || !char.IsAsciiHexDigit(hex[at + 1])) { return false; }
            if (at + 2 < hex.Length && hex[at + 2] != ':') { return false; }

            digest[i] = (byte)((HexValue(hex[at]) << 4) | HexValue(hex[at + 1]));
        }

        fingerprint = new CertificateFingerprint(algorithm, digest);
        return true;
    }

    /// <summary>Is this the fingerprint of that certificate? Compared in constant time.</summary>
    public bool Matches(ReadOnlySpan<byte> certificateDer)
    {
        Span<byte> digest = stackalloc byte[DigestBytesMax];
        return CryptographicOperations.FixedTimeEquals(digest[..Hash(Algorithm, certificateDer, digest)], _digest);
    }

    /// <inheritdoc/>
    public bool Equals(CertificateFingerprint? other) =>
        other is not null && Algorithm == other.Algorithm && _digest.AsSpan().SequenceEqual(other._digest);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CertificateFingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Algorithm, BitConverter.ToInt32(_digest));

    /// <summary>The value of an <c>a=fingerprint</c> line.</summary>
    public override string ToString() => Algorithm switch
    {
        FingerprintAlgorithm.Sha256 => "sha-256 ",
        FingerprintAlgorithm.Sha384 => "sha-384 ",
        _ => "sha-512 ",
    } + BitConverter.ToString(_digest).Replace('-', ':');

    private static bool TryParseAlgorithm(ReadOnlySpan<char> name, out FingerprintAlgorithm algorithm)
    {
        algorithm = name.Equals("sha-384", StringComparison.OrdinalIgnoreCase) ? FingerprintAlgorithm.Sha384
            : name.Equals("sha-512", StringComparison.OrdinalIgnoreCase) ? FingerprintAlgorithm.Sha512
            : FingerprintAlgorithm.Sha256;
        return algorithm != FingerprintAlgorithm.Sha256 || name.Equals("sha-256", StringComparison.OrdinalIgnoreCase);
    }

    private static int DigestBytes(FingerprintAlgorithm algorithm) => algorithm switch
    {
        FingerprintAlgorithm.Sha256 => SHA256.HashSizeInBytes,
        FingerprintAlgorithm.Sha384 => SHA384.HashSizeInBytes,
        _ => SHA512.HashSizeInBytes,
    };

    private static int Hash(FingerprintAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> into) => algorithm switch
    {
        FingerprintAlgorithm.Sha256 => SHA256.HashData(data, into),
        FingerprintAlgorithm.Sha384 => SHA384.HashData(data, into),
        _ => SHA512.HashData(data, into),
    };

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
