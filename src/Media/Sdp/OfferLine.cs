namespace Calls.Media.Sdp;

/// <summary>One payload type that a client offers.</summary>
/// <param name="PayloadType">Its number, the client's own choice.</param>
/// <param name="Name">Encoding name, as written.</param>
/// <param name="Clock">Clock rate in Hz.</param>
/// <param name="Channels">Channels; 1 if not said.</param>
/// <param name="Parameters">The value of its <c>a=fmtp</c>; empty if there is none.</param>
/// <param name="Feedback">The RTCP feedback it offers, such as <c>nack pli</c>.</param>
internal sealed record OfferedCodec(
    byte PayloadType, string Name, int Clock, int Channels, string Parameters, IReadOnlyList<string> Feedback)
{
    internal bool Is(string name, int clock) => Clock == clock && Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>One parameter of <c>a=fmtp</c>; null if it is not there.</summary>
    internal string? Parameter(string name)
    {
        foreach (var part in Parameters.Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return part[(equals + 1)..].Trim();
            }
        }

        return null;
    }
}

/// <summary>One header extension that a client offers.</summary>
internal sealed record OfferedExtension(int Id, string Uri, SdpDirection? Direction);

/// <summary>An RTX stream that a client declares for one of its streams (<c>a=ssrc-group:FID</c>).</summary>
/// <param name="Primary">The stream.</param>
/// <param name="Repair">Its repair stream.</param>
public readonly record struct DeclaredRepair(uint Primary, uint Repair);

/// <summary>One media line of an offer, read and checked on its own.</summary>
internal sealed record OfferLine
{
    internal required int Position { get; init; }

    internal required string KindText { get; init; }

    internal required string Protocol { get; init; }

    internal required string FirstFormat { get; init; }

    internal required string? Mid { get; init; }

    /// <summary>Is it a line of media we speak, and offered? Port 0 with <c>a=bundle-only</c> is (section 2.2).</summary>
    internal required bool IsUsed { get; init; }

    internal required SdpDirection Direction { get; init; }

    internal required IReadOnlyList<OfferedCodec> Codecs { get; init; }

    internal required IReadOnlyList<OfferedExtension> Extensions { get; init; }

    internal required IReadOnlyList<string> Rids { get; init; }

    internal required IReadOnlyList<uint> Ssrcs { get; init; }

    internal required IReadOnlyList<DeclaredRepair> Repairs { get; init; }

    internal required bool HasRtcpMux { get; init; }

    internal required bool HasReducedSizeRtcp { get; init; }

    internal required bool AllowsMixedExtensions { get; init; }

    internal MediaKind Kind => KindText switch
    {
        "audio" => MediaKind.Audio,
        "video" => MediaKind.Video,
        _ => MediaKind.Other,
    };
}
