namespace Calls.Media.Tests.Sdp;

/// <summary>A session description cut into lines by the plainest means, so that answers are not judged by the parser under test.</summary>
internal sealed class PlainSdp
{
    internal PlainSdp(string text)
    {
        var section = Session;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            if (line.StartsWith("m=", StringComparison.Ordinal)) { Media.Add(section = []); }
            section.Add(line);
        }
    }

    internal List<string> Session { get; } = [];

    internal List<List<string>> Media { get; } = [];

    internal string[] Bundle => One(Session, "a=group:BUNDLE").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static string Kind(List<string> media) => media[0].Split(' ')[0];

    internal static int Port(List<string> media) => int.Parse(media[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    internal static string[] Formats(List<string> media) => media[0].Split(' ')[3..];

    internal static string One(List<string> section, string prefix) => All(section, prefix).FirstOrDefault("");

    internal static IEnumerable<string> All(List<string> section, string prefix) =>
        section.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]);

    internal static string Direction(List<string> media, List<string> session) =>
        media.Concat(session).FirstOrDefault(line => line is "a=sendrecv" or "a=sendonly" or "a=recvonly" or "a=inactive", "a=sendrecv");
}
