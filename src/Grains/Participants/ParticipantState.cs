namespace Calls.Grains.Participants;

/// <summary>One user's devices in one call, as saved.</summary>
[GenerateSerializer, Immutable, Alias("ParticipantState")]
internal sealed record ParticipantState
{
    [Id(0)] public ImmutableArray<DeviceState> Devices { get; init; } = [];

    public DeviceState? Find(SessionId session) => Devices.FirstOrDefault(device => device.Session == session);
}

/// <summary>One device: who may speak for its session.</summary>
[GenerateSerializer, Immutable, Alias("DeviceState")]
internal sealed record DeviceState
{
    [Id(0)] public SessionId Session { get; init; }

    /// <summary>The hub connection that has the session.</summary>
    [Id(1)] public string Connection { get; init; } = string.Empty;

    /// <summary>What takes the session over to another connection, once.</summary>
    [Id(2)] public string ResumeToken { get; init; } = string.Empty;

    [Id(3)] public string? OperationId { get; init; }

    [Id(4)] public DateTimeOffset JoinedAt { get; init; }
}
