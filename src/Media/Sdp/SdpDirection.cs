namespace Calls.Media.Sdp;

/// <summary>Who sends on a line or in an extension, seen from whoever wrote it.</summary>
[Flags]
public enum SdpDirection : byte
{
    /// <summary>Nobody.</summary>
    Inactive = 0,

    /// <summary>The writer sends.</summary>
    SendOnly = 1,

    /// <summary>The writer receives.</summary>
    RecvOnly = 2,

    /// <summary>Both.</summary>
    SendRecv = SendOnly | RecvOnly,
}

internal static class SdpDirections
{
    internal static bool TryParse(ReadOnlySpan<char> text, out SdpDirection direction)
    {
        direction = text switch
        {
            "sendonly" => SdpDirection.SendOnly,
            "recvonly" => SdpDirection.RecvOnly,
            "inactive" => SdpDirection.Inactive,
            _ => SdpDirection.SendRecv,
        };
        return direction != SdpDirection.SendRecv || text is "sendrecv";
    }

    internal static string ToText(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.RecvOnly => "recvonly",
        SdpDirection.Inactive => "inactive",
        _ => "sendrecv",
    };

    /// <summary>The same, seen from the other side.</summary>
    internal static SdpDirection Inverted(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => SdpDirection.RecvOnly,
        SdpDirection.RecvOnly => SdpDirection.SendOnly,
        _ => direction,
    };
}
