namespace Calls.Media.Rooms;

/// <summary>How a room is set up.</summary>
public sealed record RoomSettings
{
    /// <summary>Voices that are heard at once. With more than three nobody follows; each costs every listener a stream.</summary>
    public int VoiceSlots { get; init; } = 3;

    /// <summary>
    /// Sessions in the room at a time. One voice to 1,000 costs a quarter of a core, so three talking at once keep a thread
    /// below its capacity. Defaults to 1,000.
    /// </summary>
    public int SessionsMax { get; init; } = 1_000;
}
