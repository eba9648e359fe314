using System.Globalization;

namespace Calls.Media.Sdp;

/// <summary>Text → model (RFC 8866), as far as offers need it. Lines may end with CR LF or LF; types we do not use are skipped.</summary>
internal static class SdpParser
{
    /// <summary>Reads a description. Refuses what is malformed or over a limit.</summary>
    internal static OfferRefusal Parse(string text, out SdpSession session)
    {
        session = new SdpSession();
        if (text.Length > SdpLimits.TextLengthMax) { return OfferRefusal.TooLarge; }

        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            // EnumerateLines also yields what stands behind the last line end.
            if (raw.IsEmpty) { continue; }
            if (raw.Length > SdpLimits.LineLengthMax) { return OfferRefusal.TooLarge; }
            if (raw.Length < 2 || raw[1] != '=' || raw.ContainsAnyInRange('\0', '\x1F')) { return OfferRefusal.Malformed; }
            if (number++ == 0 && !raw.SequenceEqual("v=0")) { return OfferRefusal.Malformed; }

            var refusal = Take(session, raw[0], raw[2..]);
            if (refusal != OfferRefusal.None) { return refusal; }
        }

        return session.Media.Count == 0 ? OfferRefusal.Malformed : OfferRefusal.None;
    }

    private static OfferRefusal Take(SdpSession session, char type, ReadOnlySpan<char> value)
    {
        switch (type)
        {
            case 'm':
                if (session.Media.Count == SdpLimits.MediaLinesMax) { return OfferRefusal.TooLarge; }

                var refusal = ReadMedia(value, out var media);
                if (media is not null) { session.Media.Add(media); }
                return refusal;
            case 'a':
                var colon = value.IndexOf(':');
                var attributes = session.Media.Count == 0 ? session.Attributes : session.Media[^1].Attributes;
                attributes.Add(colon < 0 ? value.Trim() : value[..colon], colon < 0 ? "" : value[(colon + 1)..].Trim());
                return OfferRefusal.None;
            default:
                return OfferRefusal.None;
        }
    }

    private static OfferRefusal ReadMedia(ReadOnlySpan<char> value, out SdpMedia? media)
    {
        media = null;
        var words = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4) { return OfferRefusal.Malformed; }
        if (words.Length - 3 > SdpLimits.FormatsMax) { return OfferRefusal.TooLarge; }

        // A number of ports may follow behind a slash; nobody who bundles has more than one.
        var port = words[1].Split('/')[0];
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) { return OfferRefusal.Malformed; }

        media = new SdpMedia(words[0], number, words[2], words[3..]);
        return OfferRefusal.None;
    }
}
