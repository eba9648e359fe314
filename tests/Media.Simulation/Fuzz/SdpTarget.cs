using System.Text;
using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Ice;
using Calls.Media.Sdp;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>Offers: read, answered for every kind of session, restarted with themselves; the answer must be a description again.</summary>
public sealed class SdpTarget : IFuzzTarget
{
    private readonly AnswerIdentity _identity = new()
    {
        SessionNumber = 1,
        Credentials = IceCredentials.Create(new byte[IceCredentials.EntropyBytes], 1),
        Fingerprint = CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, [1]),
        Candidates = IceCandidate.For([TransportAddress.FromIPv4(0xC0000201, 8443)]),
        Ssrcs = [.. Enumerable.Range(1, AnswerIdentity.SsrcsMax).Select(i => (uint)i)],
    };

    public string Name => "sdp";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. typeof(SdpTarget).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("offers/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    // An offer at the limit of 64 KiB becomes strings a few times over: its lines, their words, three answers and their own reading.
    public long AllocatedBytesMax => 8 * 1_024 * 1_024;

    public void Run(byte[] input)
    {
        if (SdpOffer.Read(Encoding.Latin1.GetString(input), out var offer) != OfferRefusal.None) { return; }

        foreach (var kind in Enum.GetValues<PeerKind>())
        {
            var refusal = SdpAnswer.Create(offer!, new AnswerOptions { Kind = kind, AudioRed = true }, _identity, out var answer);
            if (refusal != OfferRefusal.None) { continue; }

            if (SdpParser.Parse(answer!.Text, out var session) != OfferRefusal.None) { throw new InvalidOperationException("The answer is malformed."); }
            if (session.Media.Count != offer!.Lines.Count) { throw new InvalidOperationException("The answer has another number of lines."); }
            if (answer.Restart(offer, _identity.Credentials, _identity.Candidates, out _) != OfferRefusal.None)
            {
                throw new InvalidOperationException("The same offer is no restart of itself.");
            }
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(SdpTarget).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
