namespace Calls.Contracts.Calls;

/// <summary>One entry of a browser's <c>RTCConfiguration.iceServers</c>.</summary>
[GenerateSerializer, Immutable, Alias("IceServer")]
public sealed record IceServer(ImmutableArray<string> Urls, string? Username, string? Credential);
