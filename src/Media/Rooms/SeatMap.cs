namespace Calls.Media.Rooms;

/// <summary>The sessions of a room: by their seat for packets, by their name for commands.</summary>
internal sealed class SeatMap
{
    private readonly List<RoomSession?> _seats = [];
    private readonly Dictionary<string, RoomSession> _byName = [];
    private readonly Stack<int> _free = [];

    /// <summary>Sessions that are here.</summary>
    public int Count => _byName.Count;

    /// <summary>Seats, free ones included.</summary>
    public int Length => _seats.Count;

    /// <summary>All sessions.</summary>
    public IEnumerable<RoomSession> All => _byName.Values;

    /// <summary>The seat a new session gets.</summary>
    public int NextFree => _free.Count > 0 ? _free.Peek() : _seats.Count;

    /// <summary>The session on a seat; null if it is free.</summary>
    public RoomSession? this[int seat] => seat < _seats.Count ? _seats[seat] : null;

    public RoomSession? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Takes <see cref="NextFree"/>.</summary>
    public void Add(RoomSession session)
    {
        if (_free.Count > 0) { _free.Pop(); }
        else { _seats.Add(null); }

        _seats[session.Seat] = session;
        _byName.Add(session.Id, session);
    }

    public void Remove(RoomSession session)
    {
        _seats[session.Seat] = null;
        _free.Push(session.Seat);
        _byName.Remove(session.Id);
    }
}
