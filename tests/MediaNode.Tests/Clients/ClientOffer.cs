using System.Globalization;
using System.Text;
using Calls.Media.Dtls;

namespace Calls.MediaNode.Tests.Clients;

/// <summary>The offer of an ordinary client: a microphone and some voice lines, as a browser writes them.</summary>
internal static class ClientOffer
{
    public const byte OpusType = 111;
    public const int LevelExtension = 1;
    public const int MidExtension = 2;

    public static string Write(string fragment, string password, CertificateFingerprint fingerprint, uint ssrc, int voiceLines)
    {
        var text = new StringBuilder();
        var mids = string.Join(' ', Enumerable.Range(0, voiceLines + 1));
        text.Append(CultureInfo.InvariantCulture, $"v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {mids}\r\n");
        text.Append("a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n");
        for (var line = 0; line <= voiceLines; line++)
        {
            text.Append("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n");
            text.Append(CultureInfo.InvariantCulture, $"a=ice-ufrag:{fragment}\r\na=ice-pwd:{password}\r\na=ice-options:trickle\r\n");
            text.Append(CultureInfo.InvariantCulture, $"a=fingerprint:{fingerprint}\r\na=setup:actpass\r\na=mid:{line}\r\n");
            text.Append(CultureInfo.InvariantCulture, $"a=extmap:{LevelExtension} urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n");
            text.Append(CultureInfo.InvariantCulture, $"a=extmap:{MidExtension} urn:ietf:params:rtp-hdrext:sdes:mid\r\n");
            text.Append(line == 0 ? "a=sendonly\r\na=msid:- mic\r\n" : "a=recvonly\r\n");
            text.Append("a=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n");
            if (line == 0) { text.Append(CultureInfo.InvariantCulture, $"a=ssrc:{ssrc} cname:client\r\n"); }
        }

        return text.ToString();
    }

    /// <summary>The first value of an attribute in an answer.</summary>
    public static string Read(string sdp, string name)
    {
        var start = sdp.IndexOf($"a={name}:", StringComparison.Ordinal);
        if (start < 0) { throw new InvalidOperationException($"The answer has no a={name}:\n{sdp}"); }

        start += name.Length + 3;
        return sdp[start..sdp.IndexOf("\r\n", start, StringComparison.Ordinal)];
    }
}
