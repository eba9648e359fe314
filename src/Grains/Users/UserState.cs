namespace Calls.Grains.Users;

/// <summary>The calls a user is in, as saved: after a restart a client that returns asks here where its session is.</summary>
[GenerateSerializer, Immutable, Alias("UserState")]
internal sealed record UserState
{
    [Id(0)] public ImmutableArray<PresentCall> Calls { get; init; } = [];

    /// <summary>Whether the workspace was told that the user is there: it is to be told when they are not any more.</summary>
    [Id(1)] public bool IsThere { get; init; }
}

/// <summary>A call that a user is in.</summary>
[GenerateSerializer, Immutable, Alias("PresentCall")]
internal sealed record PresentCall
{
    [Id(0)] public CallId Call { get; init; }

    [Id(1)] public ChannelId Channel { get; init; }

    /// <summary>When the call last said so, as far as saved: each renewal alone is not worth a write.</summary>
    [Id(2)] public DateTimeOffset HeardAt { get; init; }
}
