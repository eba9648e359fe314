namespace Calls.Media.Sdp;

/// <summary>One <c>a=</c> line.</summary>
/// <param name="Name">What stands before the colon.</param>
/// <param name="Value">What stands behind it; empty for a flag.</param>
internal readonly record struct SdpAttribute(string Name, string Value);

/// <summary>A session description as it was written: nothing is interpreted yet, and unknown lines are left out.</summary>
internal sealed class SdpSession
{
    internal List<SdpAttribute> Attributes { get; } = [];

    internal List<SdpMedia> Media { get; } = [];

    internal bool Has(string name) => Attributes.Exists(attribute => attribute.Name == name);

    internal string? First(string name) => SdpMedia.First(Attributes, name);

    internal IEnumerable<string> All(string name) => SdpMedia.All(Attributes, name);
}

/// <summary>One <c>m=</c> line and what belongs to it.</summary>
internal sealed class SdpMedia(string kind, int port, string protocol, IReadOnlyList<string> formats)
{
    internal string Kind => kind;

    internal int Port => port;

    internal string Protocol => protocol;

    internal IReadOnlyList<string> Formats => formats;

    internal List<SdpAttribute> Attributes { get; } = [];

    internal bool Has(string name) => Attributes.Exists(attribute => attribute.Name == name);

    internal string? First(string name) => First(Attributes, name);

    internal IEnumerable<string> All(string name) => All(Attributes, name);

    internal static string? First(List<SdpAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name == name) { return attribute.Value; }
        }

        return null;
    }

    internal static IEnumerable<string> All(List<SdpAttribute> attributes, string name) =>
        attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value);
}
