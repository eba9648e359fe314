using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>Sessions that are over, for a while: late commands are refused, and statistics can still be read.</summary>
internal sealed class EndedSessions
{
    private readonly Dictionary<string, EndedSession> _byName = [];
    private readonly Queue<(string Name, EndedSession Session)> _inOrder = [];

    public int Count => _byName.Count;

    /// <summary>When the oldest is forgotten.</summary>
    public MonotonicTime NextDeadline => _inOrder.TryPeek(out var oldest) ? oldest.Session.ForgetAt : MonotonicTime.Never;

    public EndedSession? Find(string name) => _byName.GetValueOrDefault(name);

    public void Add(string name, EndedSession session)
    {
        _byName[name] = session;
        _inOrder.Enqueue((name, session));
    }

    /// <summary>The session lives again, under a higher generation.</summary>
    public void Remove(string name) => _byName.Remove(name);

    public void Forget(MonotonicTime now)
    {
        while (now >= NextDeadline)
        {
            var (name, session) = _inOrder.Dequeue();
            if (Find(name) == session) { _byName.Remove(name); }
        }
    }
}
