namespace Calls.Gateway.Signalling;

/// <summary>One call as this gateway holds it: the order of its events, and the sessions that hear them. Guarded by the lock of <see cref="SessionConnections"/>.</summary>
internal sealed class HeldCall
{
    /// <summary>The order of its events here.</summary>
    public EventOrder Order { get; } = new();

    /// <summary>The sessions that hear them.</summary>
    public List<HeldSession> Sessions { get; } = [];
}
