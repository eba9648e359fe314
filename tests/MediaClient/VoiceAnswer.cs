using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Calls.MediaClient;

/// <summary>What a client needs of the service's answer.</summary>
/// <param name="Candidates">Where checks may go over UDP.</param>
/// <param name="Lines">Which line each SSRC stands on, by its place in the description.</param>
internal sealed record VoiceAnswer(
    string Fragment, string Password, string Fingerprint, IReadOnlyList<IPEndPoint> Candidates, IReadOnlyDictionary<uint, int> Lines)
{
    public static VoiceAnswer Read(string sdp)
    {
        var candidates = new List<IPEndPoint>();
        var lines = new Dictionary<uint, int>();
        var line = -1;
        foreach (var text in sdp.Split("\r\n"))
        {
            if (text.StartsWith("m=", StringComparison.Ordinal)) { line++; }
            else if (text.StartsWith("a=ssrc:", StringComparison.Ordinal)) { lines[uint.Parse(text[7..].Split(' ')[0], CultureInfo.InvariantCulture)] = line; }
            else if (text.StartsWith("a=candidate:", StringComparison.Ordinal) && Candidate(text.Split(' ')) is { } found && !candidates.Contains(found))
            {
                candidates.Add(found);
            }
        }

        return candidates.Count > 0
            ? new VoiceAnswer(First(sdp, "ice-ufrag"), First(sdp, "ice-pwd"), First(sdp, "fingerprint"), candidates, lines)
            : throw new InvalidOperationException($"The answer names no address that this client can reach:\n{sdp}");
    }

    // candidate:<foundation> <component> <protocol> <priority> <address> <port> typ <type> …
    private static IPEndPoint? Candidate(string[] words) =>
        words[2].Equals("udp", StringComparison.OrdinalIgnoreCase)
        && IPAddress.TryParse(words[4], out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? new IPEndPoint(address, int.Parse(words[5], CultureInfo.InvariantCulture))
            : null;

    private static string First(string sdp, string name)
    {
        var start = sdp.IndexOf($"a={name}:", StringComparison.Ordinal);
        if (start < 0) { throw new InvalidOperationException($"The answer has no a={name}:\n{sdp}"); }

        start += name.Length + 3;
        return sdp[start..sdp.IndexOf("\r\n", start, StringComparison.Ordinal)];
    }
}
