namespace Calls.Media.Rooms;

/// <summary>How a room is set up.</summary>
public sealed record RoomSettings
{
    /// <summary>
    /// Sessions of a room whose thread is a core like any other. One voice to 1,000 costs a quarter of a core, so three talking at
    /// once keep the thread below its capacity.
    /// </summary>
    public const int SessionsMaxDefault = 1_000;

    /// <summary>Voices that are heard at once. With more than three nobody follows; each costs every listener a stream.</summary>
    public int VoiceSlots { get; init; } = 3;

    /// <summary>Sessions in the room at a time. Defaults to <see cref="SessionsMaxDefault"/>.</summary>
    public int SessionsMax { get; init; } = SessionsMaxDefault;
}
