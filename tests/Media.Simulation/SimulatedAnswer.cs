using System.Globalization;

namespace Calls.Media.Simulation;

/// <summary>What a simulated browser needs of an answer.</summary>
public sealed record SimulatedAnswer(string Fragment, string Password, IReadOnlyDictionary<string, uint> SsrcByMid)
{
    /// <summary>Reads it; it is the node's own text, so anything missing is a failure of the test.</summary>
    public static SimulatedAnswer Read(string text)
    {
        var (fragment, password, mid) = ("", "", "");
        var ssrcs = new Dictionary<string, uint>();
        foreach (var line in text.Split("\r\n"))
        {
            if (Value(line, "a=ice-ufrag:") is { } newFragment) { fragment = newFragment; }
            else if (Value(line, "a=ice-pwd:") is { } newPassword) { password = newPassword; }
            else if (Value(line, "a=mid:") is { } newMid) { mid = newMid; }
            else if (Value(line, "a=ssrc:") is { } ssrc) { ssrcs.TryAdd(mid, uint.Parse(ssrc.Split(' ')[0], CultureInfo.InvariantCulture)); }
        }

        return new SimulatedAnswer(fragment, password, ssrcs);
    }

    private static string? Value(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;
}
