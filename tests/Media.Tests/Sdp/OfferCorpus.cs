using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Ice;
using Calls.Media.Sdp;
using Calls.Media.Tests.Stun;

namespace Calls.Media.Tests.Sdp;

/// <summary>
/// Offers as browsers write them (Chromium 156, Firefox 153, captured; the Safari- and OBS-like ones by hand), and what a node
/// says about itself.
/// </summary>
internal static class OfferCorpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sdp", "Offers");

    internal static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.sdp").Select(path => Path.GetFileNameWithoutExtension(path)!).Order();

    internal static AnswerIdentity Identity { get; } = new()
    {
        SessionNumber = 4_711,
        Credentials = StunChecks.Ours,
        Fingerprint = CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, [1, 2, 3]),
        Candidates = IceCandidate.For([TransportAddress.FromIPv4(0xC0000263, 8443)]),
        Ssrcs = [.. Enumerable.Range(1, AnswerIdentity.SsrcsMax).Select(i => (uint)(i * 1_000_003))],
    };

    internal static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".sdp"));

    /// <summary>Answers an offer that must be answered.</summary>
    internal static SdpAnswer Answer(string text, AnswerOptions? options = null)
    {
        var refusal = SdpOffer.Read(text, out var offer);
        Assert.Equal(OfferRefusal.None, refusal);
        refusal = SdpAnswer.Create(offer!, options ?? new AnswerOptions(), Identity, out var answer);
        Assert.Equal(OfferRefusal.None, refusal);
        return answer!;
    }

    /// <summary>Why an offer is refused, by reading or by answering it.</summary>
    internal static OfferRefusal Refusal(string text)
    {
        var refusal = SdpOffer.Read(text, out var offer);
        return offer is null ? refusal : SdpAnswer.Create(offer, new AnswerOptions(), Identity, out _);
    }
}
