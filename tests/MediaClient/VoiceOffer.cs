using System.Globalization;
using System.Text;

namespace Calls.MediaClient;

/// <summary>Offers as the protocol's section 5.1 asks for them.</summary>
public static class VoiceOffer
{
    internal const byte OpusType = 111;
    internal const byte LevelExtension = 1;

    private const string Opus = "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n";
    private const string Vp8 = "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 transport-cc\r\n";

    /// <summary>The lines of a whole client: microphone, voice slots, and the four of the screen.</summary>
    public static IReadOnlyList<string> WholeClient { get; } =
    [
        "audio sendonly", "audio recvonly", "audio recvonly", "audio recvonly",
        "video sendonly", "audio sendonly", "video recvonly", "audio recvonly",
    ];

    /// <summary>A microphone and three voice slots.</summary>
    public static IReadOnlyList<string> Voice { get; } = [.. WholeClient.Take(4)];

    /// <summary>An offer that no peer stands behind, to see what is answered.</summary>
    public static string Write(params IReadOnlyList<string> lines) =>
        Write("abcd", "abcdefghijklmnopqrstuvwx", ClientCertificate.Create().Fingerprint, lines);

    internal static string Write(string fragment, string password, string fingerprint, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        var mids = string.Join(' ', Enumerable.Range(0, lines.Count));
        text.Append(CultureInfo.InvariantCulture, $"v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {mids}\r\n");
        for (var mid = 0; mid < lines.Count; mid++)
        {
            var (kind, direction) = lines[mid].Split(' ') switch { [var first, var second] => (first, second), _ => throw new ArgumentException(lines[mid]) };
            text.Append(CultureInfo.InvariantCulture, $"m={kind} 9 UDP/TLS/RTP/SAVPF {(kind == "audio" ? "111" : "96")}\r\nc=IN IP4 0.0.0.0\r\n");
            text.Append(CultureInfo.InvariantCulture, $"a=ice-ufrag:{fragment}\r\na=ice-pwd:{password}\r\na=ice-options:trickle\r\n");
            text.Append(CultureInfo.InvariantCulture, $"a=fingerprint:{fingerprint}\r\na=setup:actpass\r\na=mid:{mid}\r\na={direction}\r\na=rtcp-mux\r\n");
            if (kind == "audio") { text.Append(CultureInfo.InvariantCulture, $"a=extmap:{LevelExtension} urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"); }

            text.Append(kind == "audio" ? Opus : Vp8);
        }

        return text.ToString();
    }
}
