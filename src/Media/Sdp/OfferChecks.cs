using Calls.Media.Dtls;

namespace Calls.Media.Sdp;

/// <summary>Why an offer would be refused as a whole: a function per concern, asked in order.</summary>
internal static class OfferChecks
{
    private const int FragmentLengthMin = 4;    // RFC 8839 §5.4
    private const int PasswordLengthMin = 22;
    private const int CredentialLengthMax = 256;

    internal static OfferRefusal First(SdpSession session, List<OfferLine> lines)
    {
        var used = lines.FindAll(line => line.IsUsed);
        if (used.Count == 0) { return OfferRefusal.NoRole; }

        ReadOnlySpan<OfferRefusal> refusals =
        [
            Unless(!session.Has("crypto") && session.Media.TrueForAll(media => !media.Has("crypto")), OfferRefusal.SdesKeys),
            Unless(used.TrueForAll(line => line.Protocol is "UDP/TLS/RTP/SAVPF" or "TCP/DTLS/RTP/SAVPF"), OfferRefusal.UnsupportedProfile),
            Unless(lines.Select(line => line.Mid).OfType<string>().GroupBy(mid => mid).All(g => g.Count() == 1), OfferRefusal.DuplicateMid),
            Unless(IsBundled(session, used), OfferRefusal.NoBundle),
            Unless(used.TrueForAll(line => line.HasRtcpMux), OfferRefusal.NoRtcpMux),
            Unless(FingerprintsOf(session).Count > 0, OfferRefusal.NoFingerprint),
            Unless(used.TrueForAll(line => IsActive(session, line)), OfferRefusal.SetupPassive),
            Unless(!session.Has("ice-lite"), OfferRefusal.IceLite),
            Unless(used.TrueForAll(line => HasCredentials(session, line)), OfferRefusal.IceCredentials),
            Unless(HasDistinctExtensions(used), OfferRefusal.ExtensionConflict),
            Unless(used.TrueForAll(line => line.Kind != MediaKind.Audio || CodecChoice.HasOpus(line)), OfferRefusal.NoOpus),
        ];
        foreach (var refusal in refusals)
        {
            if (refusal != OfferRefusal.None) { return refusal; }
        }

        return OfferRefusal.None;
    }

    /// <summary>All fingerprints of the description that can be trusted, each once.</summary>
    internal static List<CertificateFingerprint> FingerprintsOf(SdpSession session)
    {
        var fingerprints = new List<CertificateFingerprint>();
        var known = new HashSet<CertificateFingerprint>();
        foreach (var text in session.All("fingerprint").Concat(session.Media.SelectMany(media => media.All("fingerprint"))))
        {
            if (CertificateFingerprint.TryParse(text, out var fingerprint) && known.Add(fingerprint!)) { fingerprints.Add(fingerprint!); }
        }

        return fingerprints;
    }

    /// <summary>An attribute of the line, else of the session.</summary>
    private static string? Inherited(SdpSession session, SdpMedia media, string name) => media.First(name) ?? session.First(name);

    private static OfferRefusal Unless(bool isFine, OfferRefusal refusal) => isFine ? OfferRefusal.None : refusal;

    private static bool IsBundled(SdpSession session, List<OfferLine> used)
    {
        var group = session.All("group").Select(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words.Length > 0 && words[0] == "BUNDLE");
        return group is not null && used.TrueForAll(line => line.Mid is { } mid && group.AsSpan(1).Contains(mid));
    }

    private static bool IsActive(SdpSession session, OfferLine line) =>
        Inherited(session, session.Media[line.Position], "setup") is null or "active" or "actpass";

    private static bool HasCredentials(SdpSession session, OfferLine line)
    {
        var media = session.Media[line.Position];
        return IsCredential(Inherited(session, media, "ice-ufrag"), FragmentLengthMin)
            && IsCredential(Inherited(session, media, "ice-pwd"), PasswordLengthMin);
    }

    private static bool IsCredential(string? text, int lengthMin) =>
        text is not null && text.Length >= lengthMin && text.Length <= CredentialLengthMax
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_' or '=');

    private static bool HasDistinctExtensions(List<OfferLine> used)
    {
        var uris = new Dictionary<int, string>();
        foreach (var extension in used.SelectMany(line => line.Extensions))
        {
            if (!uris.TryAdd(extension.Id, extension.Uri) && uris[extension.Id] != extension.Uri) { return false; }
        }

        return true;
    }
}
