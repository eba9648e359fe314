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
    internal static bool TryParse(string text, out SdpDirection direction)
    {
        direction = text switch
        {
            "sendonly" => SdpDirection.SendOnly,
            "recvonly" => SdpDirection.RecvOnly,
            "inactive" => SdpDirection.Inactive,
            _ => SdpDirection.SendRecv,
        };
        return direction != SdpDirection.SendRecv || text == "sendrecv";
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

    /// <summary>The direction that a list of attributes says, if it says one.</summary>
    internal static SdpDirection? Of(List<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Value.Length == 0 && TryParse(attribute.Name, out var direction)) { return direction; }
        }

        return null;
    }
}
