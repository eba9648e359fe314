using System.Globalization;

namespace Calls.Media.Tests.Sdp;

/// <summary>Writes small offers, a word per line: <c>audio sendonly</c>, <c>video recvonly</c>, <c>application</c>.</summary>
internal static class OfferText
{
    internal const string Fingerprint =
        "a=fingerprint:sha-256 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB:CC:CE:D5:28:7D:84:A1:A2:01:1C:FB:81";

    internal const string Opus = "a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n";

    internal const string Vp8 =
        "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 ccm fir\r\na=rtcp-fb:96 goog-remb\r\n" +
        "a=rtcp-fb:96 transport-cc\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n";

    internal static string Of(params string[] lines)
    {
        var mids = string.Join(' ', Enumerable.Range(0, lines.Length));
        var text = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE " + mids +
            "\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\n" + Fingerprint + "\r\na=setup:actpass\r\n";
        for (var mid = 0; mid < lines.Length; mid++)
        {
            var words = lines[mid].Split(' ');
            text += string.Create(CultureInfo.InvariantCulture, $"{MediaLine(words[0])}c=IN IP4 0.0.0.0\r\na=mid:{mid}\r\n");
            if (words.Length > 1) { text += $"a={words[1]}\r\na=rtcp-mux\r\n"; }
        }

        return text;
    }

    private static string MediaLine(string kind) => kind switch
    {
        "audio" => "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + Opus,
        "video" => "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n" + Vp8,
        _ => $"m={kind} 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
    };

    /// <summary>An offer of one microphone and one voice slot with something changed in it; what is replaced must be there.</summary>
    internal static string Changed(string before, string after)
    {
        var text = Of("audio sendonly", "audio recvonly");
        Assert.Contains(before, text);
        return text.Replace(before, after, StringComparison.Ordinal);
    }

    /// <summary>An offer of one microphone and one screen to see, with other video lines.</summary>
    internal static string WithVideo(string direction, string formats, string attributes) =>
        Of("audio sendonly", "video " + direction)
            .Replace("SAVPF 96 97\r\n" + Vp8, $"SAVPF {formats}\r\n{attributes}", StringComparison.Ordinal);
}
