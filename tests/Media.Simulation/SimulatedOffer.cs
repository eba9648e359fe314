using System.Globalization;
using System.Text;
using Calls.Media.Dtls;

namespace Calls.Media.Simulation;

/// <summary>The offer of a simulated browser, and its numbering: each browser has its own (row RTP5).</summary>
/// <param name="Microphone">Whether it has a line to speak on.</param>
/// <param name="VoiceLines">How many lines it has to hear on.</param>
/// <param name="PayloadType">Its number for Opus.</param>
/// <param name="LevelId">Its id of the audio level; 0 to leave it out.</param>
/// <param name="MidId">Its id of the MID.</param>
/// <param name="Red">Whether it offers redundant audio, and sends it.</param>
public sealed record SimulatedOffer(bool Microphone = true, int VoiceLines = 3, int PayloadType = 111, int LevelId = 1, int MidId = 4, bool Red = false)
{
    /// <summary>The microphone's MID.</summary>
    public const string MicrophoneMid = "mic";

    /// <summary>Its number for redundant audio.</summary>
    public const int RedType = 63;

    /// <summary>The MID of a voice line.</summary>
    public static string VoiceMid(int index) => string.Create(CultureInfo.InvariantCulture, $"voice{index}");

    /// <summary>Writes the offer.</summary>
    public string Text(CertificateFingerprint fingerprint, string fragment, string password)
    {
        var mids = Enumerable.Range(0, VoiceLines).Select(VoiceMid).ToList();
        if (Microphone) { mids.Insert(0, MicrophoneMid); }

        var text = new StringBuilder("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        Line(text, $"a=group:BUNDLE {string.Join(' ', mids)}");
        Line(text, $"a=ice-ufrag:{fragment}");
        Line(text, $"a=ice-pwd:{password}");
        Line(text, $"a=fingerprint:{fingerprint}");
        Line(text, "a=setup:actpass");
        foreach (var mid in mids)
        {
            Line(text, Red ? $"m=audio 9 UDP/TLS/RTP/SAVPF {PayloadType} {RedType}" : $"m=audio 9 UDP/TLS/RTP/SAVPF {PayloadType}");
            Line(text, "c=IN IP4 0.0.0.0");
            Line(text, $"a=mid:{mid}");
            Line(text, mid == MicrophoneMid ? "a=sendonly" : "a=recvonly");
            Line(text, "a=rtcp-mux");
            Line(text, $"a=rtpmap:{PayloadType} opus/48000/2");
            if (Red) { Line(text, $"a=rtpmap:{RedType} red/48000/2\r\na=fmtp:{RedType} {PayloadType}/{PayloadType}"); }
            if (LevelId != 0) { Line(text, $"a=extmap:{LevelId} urn:ietf:params:rtp-hdrext:ssrc-audio-level"); }

            Line(text, $"a=extmap:{MidId} urn:ietf:params:rtp-hdrext:sdes:mid");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append("\r\n");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}
