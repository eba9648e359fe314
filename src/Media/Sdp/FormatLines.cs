namespace Calls.Media.Sdp;

/// <summary>What the attributes of a media line say about one of its payload types. Of several lines of a kind the first counts.</summary>
internal sealed class FormatLines
{
    /// <summary>The value of <c>a=rtpmap</c>; null if there is none.</summary>
    internal string? Map { get; private set; }

    /// <summary>The value of <c>a=fmtp</c>; empty if there is none.</summary>
    internal string Parameters { get; private set; } = "";

    /// <summary>The values of <c>a=rtcp-fb</c> for it, or for all.</summary>
    internal List<string> Feedback { get; } = [];

    /// <summary>Goes through the attributes once: for each payload type anew it would be millions of looks for a hostile offer.</summary>
    internal static Dictionary<string, FormatLines> ByFormat(SdpMedia media)
    {
        var byFormat = new Dictionary<string, FormatLines>();
        foreach (var format in media.Formats) { byFormat.TryAdd(format, new FormatLines()); }

        foreach (var value in media.All("rtpmap"))
        {
            if (Find(byFormat, value, out var text) is { } lines) { lines.Map ??= text.ToString(); }
        }

        foreach (var value in media.All("fmtp"))
        {
            if (Find(byFormat, value, out var text) is { Parameters.Length: 0 } lines) { lines.Parameters = text.ToString(); }
        }

        foreach (var value in media.All("rtcp-fb"))
        {
            if (Find(byFormat, value, out var text) is { } lines)
            {
                lines.Take(text);
            }
            else if (value.StartsWith("* ", StringComparison.Ordinal))
            {
                foreach (var any in byFormat.Values) { any.Take(text); }
            }
        }

        return byFormat;
    }

    private static FormatLines? Find(Dictionary<string, FormatLines> byFormat, string value, out ReadOnlySpan<char> text)
    {
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        text = space < 0 ? default : value.AsSpan(space + 1).Trim();
        return space < 0
            ? null
            : byFormat.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value.AsSpan(0, space), out var found) ? found : null;
    }

    private void Take(ReadOnlySpan<char> feedback)
    {
        if (Feedback.Count < SdpLimits.FeedbackMax) { Feedback.Add(feedback.ToString()); }
    }
}
