namespace Calls.Grains.Calls;

/// <summary>The saved call as clients see it.</summary>
internal static class CallView
{
    public static CallSnapshot Of(CallState call) => Of(call, [.. call.Sessions.Select(Of)]);

    public static CallSnapshot Of(CallState call, ImmutableArray<SessionSnapshot> sessions) => new(
        call.Id,
        call.Channel,
        call.Thread ?? default,
        call.Title,
        call.StartedAt,
        call.StartedBy,
        call.Host,
        HostLocked: call.LockedUser == call.Host,
        ScreenSessionId: call.Presenter?.Id,
        call.Sequence,
        sessions);

    public static SessionSnapshot Of(SessionState session) => new(
        session.Id,
        session.User,
        session.JoinedAt,
        session.Muted,
        session.RaisedAt,
        session.Video,
        session.Connection,
        session.DeviceName is null && session.DevicePlatform is null && session.DeviceVersion is null
            ? null
            : new Device(session.DeviceName, session.DevicePlatform, session.DeviceVersion));
}
