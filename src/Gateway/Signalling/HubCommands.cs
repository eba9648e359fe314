using Calls.Contracts.Calls;
using Calls.Contracts.Ids;

namespace Calls.Gateway.Signalling;

/// <summary>What every hub command may carry.</summary>
internal interface IHubCommand
{
    /// <summary>W3C trace context of the click.</summary>
    string? Traceparent { get; }
}

/// <summary>A command of a session that its sender has. Resume is none: it is how one gets it back.</summary>
internal interface ISessionCommand : IHubCommand
{
    SessionId SessionId { get; }
}

/// <summary>A device wants into a call.</summary>
internal interface IEntryCommand : IHubCommand
{
    string? OperationId { get; }

    Device? Device { get; }

    /// <summary>1 to 8; left out: as many as the workspace has.</summary>
    int? VoiceSlots { get; }

    bool Video { get; }
}

internal sealed record JoinCommand : IEntryCommand
{
    public const int OperationIdMax = 64;
    public const int VoiceSlotsMax = 8;

    public required ChannelId ChannelId { get; init; }

    public string? OperationId { get; init; }

    public string? Title { get; init; }

    public PostId? ThreadId { get; init; }

    public Device? Device { get; init; }

    /// <summary>1 to 8; left out: as many as the workspace has.</summary>
    public int? VoiceSlots { get; init; }

    public bool Video { get; init; }

    /// <summary>True: start muted even where one would not.</summary>
    public bool Muted { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>What is out of range; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { Title.Length: > Contracts.Channels.OpenCall.TitleMax } => $"title has at most {Contracts.Channels.OpenCall.TitleMax} characters.",
        _ when IsUnwritable(Title) => "title holds no control characters.",
        _ => ProblemOf(OperationId, VoiceSlots, Device),
    };

    /// <summary>What is out of range in what each way into a call carries; null when nothing is.</summary>
    public static string? ProblemOf(string? operationId, int? voiceSlots, Device? device) =>
        operationId is { Length: 0 or > OperationIdMax } ? $"operationId has 1 to {OperationIdMax} characters."
        : IsUnwritable(operationId) ? "operationId holds no control characters."
        : voiceSlots is < 1 or > VoiceSlotsMax ? $"voiceSlots is 1 to {VoiceSlotsMax}."
        : new[] { device?.Name, device?.Platform, device?.Version }.Any(text => text?.Length > Device.TextMax)
            ? $"The texts of device have at most {Device.TextMax} characters."
            : null;

    private static bool IsUnwritable(string? text) => text is not null && text.Any(char.IsControl);
}

internal sealed record MoveCommand : ISessionCommand, IEntryCommand
{
    /// <summary>The session of mine that goes on at this connection.</summary>
    public required SessionId SessionId { get; init; }

    public string? OperationId { get; init; }

    public Device? Device { get; init; }

    /// <summary>1 to 8; left out: as many as the workspace has.</summary>
    public int? VoiceSlots { get; init; }

    public bool Video { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>What is out of range; null when nothing is.</summary>
    public string? Problem() => JoinCommand.ProblemOf(OperationId, VoiceSlots, Device);
}

internal sealed record OfferCommand : ISessionCommand
{
    public required SessionId SessionId { get; init; }

    public required string Sdp { get; init; }

    public int? Generation { get; init; }

    public int? Number { get; init; }

    public string? Traceparent { get; init; }
}

internal sealed record ResumeCommand : IHubCommand
{
    public required SessionId SessionId { get; init; }

    public required string ResumeToken { get; init; }

    public required long LastSeq { get; init; }

    public string? Traceparent { get; init; }
}

internal sealed record SessionCommand : ISessionCommand
{
    public required SessionId SessionId { get; init; }

    public string? Traceparent { get; init; }
}

internal sealed record ReactCommand : ISessionCommand
{
    public required SessionId SessionId { get; init; }

    public required Emoji Emoji { get; init; }

    public string? Traceparent { get; init; }
}

internal sealed record SyncCommand : IHubCommand
{
    public required CallId CallId { get; init; }

    public string? Traceparent { get; init; }
}
