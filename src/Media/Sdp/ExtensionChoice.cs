namespace Calls.Media.Sdp;

/// <summary>Offered header extensions → those answered: by URI, each line those it can use.</summary>
internal static class ExtensionChoice
{
    // RFC 8285 §4.3: two-byte headers have ids up to 255; larger ones are for negotiation only.
    private const int IdMax = 255;

    // RFC 8285 §4.2: in one-byte headers 15 means "stop here".
    private const int IdReserved = 15;

    internal static List<NegotiatedExtension> Of(OfferLine line, SdpDirection clientDirection, IReadOnlyList<NegotiatedCodec> codecs)
    {
        var chosen = new List<NegotiatedExtension>();
        foreach (var offered in line.Extensions)
        {
            if (offered.Id is > IdMax or IdReserved || !HeaderExtensions.TryParse(offered.Uri, out var extension)) { continue; }

            var direction = (offered.Direction ?? SdpDirection.SendRecv) & clientDirection;
            if (direction == SdpDirection.Inactive || !IsUseful(extension, line.Kind, direction, codecs)) { continue; }
            if (chosen.Exists(other => other.Extension == extension || other.Id == offered.Id)) { continue; }

            chosen.Add(new NegotiatedExtension(
                (byte)offered.Id, extension, direction.HasFlag(SdpDirection.SendOnly), direction.HasFlag(SdpDirection.RecvOnly))
            {
                Direction = offered.Direction?.Inverted(),
            });
        }

        return chosen;
    }

    private static bool IsUseful(
        HeaderExtension extension, MediaKind kind, SdpDirection direction, IReadOnlyList<NegotiatedCodec> codecs) => extension switch
    {
        HeaderExtension.AudioLevel => kind == MediaKind.Audio,
        HeaderExtension.RtpStreamId or HeaderExtension.RepairedRtpStreamId =>
            kind == MediaKind.Video && direction.HasFlag(SdpDirection.SendOnly),
        HeaderExtension.DependencyDescriptor => codecs.Any(codec => codec.Codec == MediaCodec.Av1),
        _ => true,
    };
}
