using Calls.Contracts.MediaNodes;

namespace Calls.Grains.Calls;

/// <summary>One device in a call, as saved.</summary>
[GenerateSerializer, Immutable, Alias("SessionState")]
internal sealed record SessionState
{
    [Id(0)] public SessionId Id { get; init; }

    [Id(1)] public UserId User { get; init; }

    [Id(2)] public DateTimeOffset JoinedAt { get; init; }

    [Id(3)] public bool Muted { get; init; }

    [Id(4)] public bool Video { get; init; }

    [Id(5)] public SessionKind Kind { get; init; }

    /// <summary>Voice lines its client offers.</summary>
    [Id(6)] public int VoiceSlots { get; init; }

    [Id(7)] public string? DeviceName { get; init; }

    [Id(8)] public string? DevicePlatform { get; init; }

    [Id(9)] public string? DeviceVersion { get; init; }

    // Id 10 was OperationId, removed 2026-11.

    /// <summary>Where its hub connection is or was; null for WHIP and WHEP.</summary>
    [Id(11)] public GatewayId? Gateway { get; init; }

    [Id(12)] public HubLink Hub { get; init; }

    /// <summary>When the session ends unless it is resumed; null while the hub connection is there.</summary>
    [Id(13)] public DateTimeOffset? HubDeadline { get; init; }

    [Id(14)] public MediaLink Media { get; init; }

    /// <summary>Whether media was ever there: tells <c>media_lost</c> from <c>media_timeout</c>.</summary>
    [Id(15)] public bool MediaWasUp { get; init; }

    /// <summary>When the session ends unless its media is there; null while it is, and while the service itself has no room for it.</summary>
    [Id(16)] public DateTimeOffset? MediaDeadline { get; init; }

    /// <summary>Counts its peer connections, from 1.</summary>
    [Id(17)] public int Generation { get; init; }

    /// <summary>The present generation is still to be reserved, and the client to be told of it.</summary>
    [Id(18)] public bool MoveDue { get; init; }

    /// <summary>The number of what it may publish now.</summary>
    [Id(19)] public long PermitVersion { get; init; }

    /// <summary>The highest such number that the node has confirmed. Lower than <see cref="PermitVersion"/>: to be repeated.</summary>
    [Id(20)] public long HeldVersion { get; init; }

    /// <summary>The number of the present generation's last offer; 0 before the first.</summary>
    [Id(21)] public int OfferNumber { get; init; }

    /// <summary>The hash of that offer's text: tells a repeat from the next.</summary>
    [Id(22)] public string? OfferHash { get; init; }

    /// <summary>When the hand was raised; null while it is down.</summary>
    [Id(23)] public DateTimeOffset? RaisedAt { get; init; }

    /// <summary>The host or admin who asked for its voice and has no answer yet.</summary>
    [Id(24)] public UserId? UnmuteAskedBy { get; init; }

    /// <summary>Whether it holds the call's one screen slot.</summary>
    [Id(25)] public bool Presents { get; init; }

    /// <summary>What clients see of <see cref="Hub"/> and <see cref="Media"/>.</summary>
    public SessionConnection Connection =>
        Hub is HubLink.Closed or HubLink.Silent || Media == MediaLink.Lost ? SessionConnection.Disconnected
        : Media == MediaLink.Up ? SessionConnection.Connected
        : SessionConnection.Connecting;

    /// <summary>What it may publish now.</summary>
    public MediaPermissions Permissions => new(PermitVersion, Kind != SessionKind.Listener, Presents, Muted);
}

/// <summary>How a session's hub connection is.</summary>
[GenerateSerializer, Alias("HubLink")]
internal enum HubLink
{
    /// <summary>WHIP and WHEP have none.</summary>
    None,

    /// <summary>A gateway holds it.</summary>
    Held,

    /// <summary>The gateway said that it closed; only a resume brings it back.</summary>
    Closed,

    /// <summary>The gateway was not heard of; its next word brings it back.</summary>
    Silent,
}

/// <summary>How a session's media is.</summary>
[GenerateSerializer, Alias("MediaLink")]
internal enum MediaLink
{
    /// <summary>Not there yet.</summary>
    Awaited,

    /// <summary>There.</summary>
    Up,

    /// <summary>Was there, or was to be, and is gone.</summary>
    Lost,
}
