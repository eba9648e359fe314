using Calls.Media.Dtls;

namespace Calls.Media.Tests.Dtls;

public sealed class CertificateFingerprintTests
{
    private static readonly byte[] Certificate = [1, 2, 3];

    [Theory]
    [InlineData(FingerprintAlgorithm.Sha256)]
    [InlineData(FingerprintAlgorithm.Sha384)]
    [InlineData(FingerprintAlgorithm.Sha512)]
    public void Written_and_read_again_it_is_the_same_whatever_the_case_DTLS4(FingerprintAlgorithm algorithm)
    {
        var fingerprint = CertificateFingerprint.Of(algorithm, Certificate);

        Assert.True(CertificateFingerprint.TryParse(fingerprint.ToString().ToUpperInvariant(), out var upper));
        Assert.True(CertificateFingerprint.TryParse(fingerprint.ToString().ToLowerInvariant(), out var lower));
        Assert.Equal(fingerprint, upper);
        Assert.Equal(fingerprint, lower);
        Assert.True(fingerprint.Matches(Certificate));
        Assert.False(fingerprint.Matches([1, 2, 4]));
    }

    [Fact]
    public void The_text_is_the_one_of_RFC_8122()
    {
        var fingerprint = CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate);

        Assert.Equal(
            "sha-256 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB:CC:CE:D5:28:7D:84:A1:A2:01:1C:FB:81",
            fingerprint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha-256")]
    [InlineData("sha-256 ")]
    [InlineData("sha-256 03:90")]
    [InlineData("sha-1 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB")]
    [InlineData("md5 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77")]
    [InlineData("sha-256 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB:CC:CE:D5:28:7D:84:A1:A2:01:1C:FB:8")]
    [InlineData("sha-256 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB:CC:CE:D5:28:7D:84:A1:A2:01:1C:FB:8G")]
    [InlineData("sha-256 03-90-58-C6-F2-C0-CB-49-2C-53-3B-0A-4D-14-EF-77-CC-0F-78-AB-CC-CE-D5-28-7D-84-A1-A2-01-1C-FB-81")]
    public void Weak_or_broken_ones_are_refused(string text) => Assert.False(CertificateFingerprint.TryParse(text, out _));
}
