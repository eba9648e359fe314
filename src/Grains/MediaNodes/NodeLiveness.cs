namespace Calls.Grains.MediaNodes;

/// <summary>Heartbeats against the clock: whether a node is alive, late or dead.</summary>
internal static class NodeLiveness
{
    /// <summary>How often a node is to be heard.</summary>
    public const int HeartbeatSeconds = 2;

    /// <summary>Three heartbeats missed: it takes no new calls.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(3 * HeartbeatSeconds);

    /// <summary>Long enough for a busy machine or a switched network path; then its calls go elsewhere.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(15);

    /// <summary>The worse of what it says and how it answers. One that does not answer takes no new calls, however short that is.</summary>
    /// <param name="deafSince">Since when it has answered no command; null while it does.</param>
    public static NodeHealth Judge(DateTimeOffset heardAt, DateTimeOffset? deafSince, DateTimeOffset now)
    {
        var heard = Judge(heardAt, now);
        if (deafSince is not { } since) { return heard; }

        var hears = Judge(since, now);
        return heard == NodeHealth.Dead || hears == NodeHealth.Dead ? NodeHealth.Dead : NodeHealth.Late;
    }

    public static NodeHealth Judge(DateTimeOffset heardAt, DateTimeOffset now) => (now - heardAt) switch
    {
        var silence when silence >= DeadAfter => NodeHealth.Dead,
        var silence when silence >= LateAfter => NodeHealth.Late,
        _ => NodeHealth.Alive,
    };
}

/// <summary>What a node's heartbeats say.</summary>
internal enum NodeHealth
{
    /// <summary>Heard of just now, and it answers.</summary>
    Alive,

    /// <summary>Takes no new calls until it is heard of and answers.</summary>
    Late,

    /// <summary>Its calls are told to go elsewhere.</summary>
    Dead,
}
