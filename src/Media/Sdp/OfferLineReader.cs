using System.Globalization;

namespace Calls.Media.Sdp;

/// <summary>Reads one media line of the model into what it offers.</summary>
internal static class OfferLineReader
{
    // RFC 3551 §6: types that need no rtpmap. None of them is ours, so only dynamic ones are looked for.
    private const int PayloadTypeMax = 127;
    private const int ExtensionIdMax = 65_535;

    internal static OfferRefusal Read(SdpSession session, int position, out OfferLine? line)
    {
        line = null;
        var media = session.Media[position];
        var mid = media.First("mid");
        if (mid is not null && !IsId(mid)) { return OfferRefusal.Malformed; }

        var refusal = ReadExtensions(media, out var extensions);
        if (refusal != OfferRefusal.None) { return refusal; }

        refusal = ReadRids(media, out var rids);
        if (refusal != OfferRefusal.None) { return refusal; }

        line = new OfferLine
        {
            Position = position,
            KindText = media.Kind,
            Protocol = media.Protocol,
            FirstFormat = media.Formats[0],
            Mid = mid,
            IsUsed = media.Kind is "audio" or "video" && (media.Port != 0 || media.Has("bundle-only")),
            Direction = media.Attributes.Direction ?? session.Attributes.Direction ?? SdpDirection.SendRecv,
            Codecs = ReadCodecs(media),
            Extensions = extensions,
            Rids = rids,
            Ssrcs = ReadSsrcs(media),
            Repairs = ReadRepairs(media),
            HasRtcpMux = media.Has("rtcp-mux"),
            HasReducedSizeRtcp = media.Has("rtcp-rsize"),
            AllowsMixedExtensions = media.Has("extmap-allow-mixed") || session.Has("extmap-allow-mixed"),
        };
        return OfferRefusal.None;
    }

    private static List<OfferedCodec> ReadCodecs(SdpMedia media)
    {
        var codecs = new List<OfferedCodec>();
        var byFormat = FormatLines.ByFormat(media);
        foreach (var format in media.Formats)
        {
            if (!TryNumber(format, PayloadTypeMax, out var payloadType)) { continue; }

            var lines = byFormat[format];
            var parts = lines.Map?.Split('/');
            if (parts is not { Length: 2 or 3 } || !TryNumber(parts[1], int.MaxValue, out var clock)) { continue; }

            var channels = 1;
            if (parts.Length == 3 && !TryNumber(parts[2], int.MaxValue, out channels)) { continue; }
            if (codecs.Exists(codec => codec.PayloadType == payloadType)) { continue; }

            codecs.Add(new OfferedCodec((byte)payloadType, parts[0], clock, channels, lines.Parameters, lines.Feedback));
        }

        return codecs;
    }

    private static OfferRefusal ReadExtensions(SdpMedia media, out List<OfferedExtension> extensions)
    {
        extensions = [];
        foreach (var value in media.All("extmap"))
        {
            var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var id = words.Length < 2 ? [] : words[0].Split('/');
            if (id.Length is 0 or > 2 || !TryNumber(id[0], ExtensionIdMax, out var number) || number == 0)
            {
                return OfferRefusal.Malformed;
            }

            SdpDirection? direction = null;
            if (id.Length == 2)
            {
                if (!SdpDirections.TryParse(id[1], out var said)) { return OfferRefusal.Malformed; }
                direction = said;
            }

            if (extensions.Count == SdpLimits.ExtensionsMax) { return OfferRefusal.TooLarge; }
            extensions.Add(new OfferedExtension(number, words[1], direction));
        }

        return OfferRefusal.None;
    }

    /// <summary>
    /// The layers a client would send, in its order: <c>a=simulcast:send l;h</c>. Of alternatives (comma) the first counts; a
    /// paused one (tilde) is a layer too. Only what an <c>a=rid:… send</c> declares is one.
    /// </summary>
    private static OfferRefusal ReadRids(SdpMedia media, out List<string> rids)
    {
        rids = [];
        var declared = media.All("rid").Select(value => value.Split(' ', 3)).Where(words => words.Length > 1 && words[1] == "send");
        var names = declared.Select(words => words[0]).ToList();
        if (names.Count > SdpLimits.RidsMax) { return OfferRefusal.TooLarge; }
        if (names.Exists(name => !IsId(name))) { return OfferRefusal.Malformed; }

        var words = media.First("simulcast")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var send = Array.IndexOf(words, "send");
        if (send < 0 || send + 1 == words.Length) { return OfferRefusal.None; }

        foreach (var stream in words[send + 1].Split(';'))
        {
            var rid = stream.Split(',')[0].TrimStart('~');
            if (!names.Contains(rid) || rids.Contains(rid)) { return OfferRefusal.Malformed; }
            rids.Add(rid);
        }

        return OfferRefusal.None;
    }

    private static List<uint> ReadSsrcs(SdpMedia media)
    {
        var ssrcs = new List<uint>();
        foreach (var value in media.All("ssrc"))
        {
            var isNumber = uint.TryParse(value.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ssrc);
            if (isNumber && !ssrcs.Contains(ssrc) && ssrcs.Count < SdpLimits.DeclaredSsrcsMax) { ssrcs.Add(ssrc); }
        }

        return ssrcs;
    }

    private static List<DeclaredRepair> ReadRepairs(SdpMedia media)
    {
        var repairs = new List<DeclaredRepair>();
        foreach (var value in media.All("ssrc-group"))
        {
            var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3 && words[0] == "FID" && repairs.Count < SdpLimits.RidsMax
                && uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var primary)
                && uint.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var repair))
            {
                repairs.Add(new DeclaredRepair(primary, repair));
            }
        }

        return repairs;
    }

    private static bool TryNumber(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    private static bool IsId(string text) => text.Length is > 0 and <= SdpLimits.IdLengthMax && text.All(IsTokenCharacter);

    /// <summary>RFC 8866 §9: the characters of a token.</summary>
    private static bool IsTokenCharacter(char c) =>
        c is '!' or (>= '#' and <= '\'') or '*' or '+' or '-' or '.' or (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= '^' and <= '~');
}
