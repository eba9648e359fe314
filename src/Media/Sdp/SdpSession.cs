namespace Calls.Media.Sdp;

/// <summary>A session description as it was written: nothing is interpreted yet, and unknown lines are left out.</summary>
internal sealed class SdpSession
{
    internal SdpAttributes Attributes { get; } = new();

    internal List<SdpMedia> Media { get; } = [];

    internal bool Has(string name) => Attributes.Has(name);

    internal string? First(string name) => Attributes.First(name);

    internal IReadOnlyList<string> All(string name) => Attributes.All(name);
}

/// <summary>One <c>m=</c> line and what belongs to it.</summary>
internal sealed class SdpMedia(string kind, int port, string protocol, IReadOnlyList<string> formats)
{
    internal string Kind => kind;

    internal int Port => port;

    internal string Protocol => protocol;

    internal IReadOnlyList<string> Formats => formats;

    internal SdpAttributes Attributes { get; } = new();

    internal bool Has(string name) => Attributes.Has(name);

    internal string? First(string name) => Attributes.First(name);

    internal IReadOnlyList<string> All(string name) => Attributes.All(name);
}
