namespace Calls.Grains.Channels;

/// <summary>The call slot of one conversation, as saved.</summary>
[GenerateSerializer, Immutable, Alias("ChannelState")]
internal sealed record ChannelState
{
    /// <summary>Whether calls are switched off here.</summary>
    [Id(0)] public bool CallsOff { get; init; }

    /// <summary>The call that was started last; whether it lives the call itself says.</summary>
    [Id(1)] public CallId? Call { get; init; }

    // Id 2 was StartedByOperation, removed 2026-11.

    /// <summary>A start that is not yet through: saved before its first step, gone after its last.</summary>
    [Id(3)] public PendingStart? Pending { get; init; }
}

/// <summary>A start on its way: node, post, and the post named to the call.</summary>
[GenerateSerializer, Immutable, Alias("PendingStart")]
internal sealed record PendingStart
{
    [Id(0)] public CallId Call { get; init; }

    [Id(1)] public UserId StartedBy { get; init; }

    [Id(2)] public DateTimeOffset StartedAt { get; init; }

    [Id(3)] public string? Title { get; init; }

    [Id(4)] public PostId? Thread { get; init; }

    [Id(5)] public bool StartsMuted { get; init; }
}
