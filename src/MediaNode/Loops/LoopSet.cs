using Calls.Contracts.Ids;
using Calls.Media.Rooms;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>All loops of a node: their threads, the rings between them, and which of them a call lives on.</summary>
internal sealed class LoopSet : IDisposable
{
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(5);

    private readonly MediaLoop[] _loops;
    private readonly HandoverRing?[][] _rings;
    private readonly Lock _lock = new();
    private readonly Dictionary<CallId, Home> _homes = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Thread> _threads = [];

    public LoopSet(LoopSettings settings, Func<int, IDatagramSocket> openSocket)
    {
        _rings = [.. Enumerable.Range(0, settings.Loops).Select(_ => new HandoverRing?[settings.Loops])];
        for (var from = 0; from < settings.Loops; from++)
        {
            for (var to = 0; to < settings.Loops; to++)
            {
                if (from != to) { _rings[from][to] = new HandoverRing(); }
            }
        }

        _loops = new MediaLoop[settings.Loops];
        for (var i = 0; i < _loops.Length; i++) { _loops[i] = new MediaLoop(this, i, openSocket(i), settings); }
    }

    public IReadOnlyList<MediaLoop> Loops => _loops;

    public int Sessions => _loops.Sum(loop => loop.Counters.Sessions);

    public bool AllRun => _threads.Count > 0 && _threads.TrueForAll(thread => thread.IsAlive);

    public void Start()
    {
        foreach (var loop in _loops)
        {
            var thread = new Thread(() => loop.Run(_stopping.Token))
            {
                Name = $"media-{_threads.Count}",
                IsBackground = true,
                Priority = ThreadPriority.AboveNormal,
            };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>
    /// Asks the loop of a call; a new call goes to the one with the fewest sessions. Null if that loop's mailbox is full. Until the
    /// command has run, or never will, the call stays where it is, however soon its sender gives up: a call never has two homes.
    /// </summary>
    public Task<RoomAnswer>? Ask(CallId call, RoomCommand command, bool opens)
    {
        var loop = Hold(call);
        var work = new RoomWork(this, call, command, opens);
        if (Post(loop, work)) { return work.Answer; }

        Release(call);
        return null;
    }

    private MediaLoop Hold(CallId call)
    {
        lock (_lock)
        {
            if (!_homes.TryGetValue(call, out var home))
            {
                var loads = new int[_loops.Length];
                foreach (var known in _homes.Values) { loads[known.Loop]++; }

                var quietest = Enumerable.Range(0, _loops.Length).MinBy(i => (_loops[i].Counters.Sessions, loads[i]));
                home = _homes[call] = new Home(quietest);
            }

            home.Holders++;
            return _loops[home.Loop];
        }
    }

    /// <summary>A command of <see cref="Ask"/> is done with; a call that has no room and no command on its way is forgotten.</summary>
    public void Release(CallId call)
    {
        lock (_lock)
        {
            if (_homes.TryGetValue(call, out var home) && --home.Holders == 0 && !home.HasRoom) { _homes.Remove(call); }
        }
    }

    /// <summary>A loop has opened the call's room.</summary>
    public void Opened(CallId call, int loop)
    {
        lock (_lock)
        {
            if (!_homes.TryGetValue(call, out var home)) { home = _homes[call] = new Home(loop); }

            home.HasRoom = true;
        }
    }

    /// <summary>A loop has dropped the call's room. A command that is on its way may still open it anew, there and nowhere else.</summary>
    public void Dropped(CallId call)
    {
        lock (_lock)
        {
            if (!_homes.TryGetValue(call, out var home)) { return; }

            home.HasRoom = false;
            if (home.Holders == 0) { _homes.Remove(call); }
        }
    }

    public HandoverRing?[] RingsFrom(int loop) => _rings[loop];

    public HandoverRing? RingOrNull(int from, int to) => _rings[from][to];

    public HandoverRing Ring(int from, int to) => _rings[from][to]!;

    public void Wake(int loop) => _loops[loop].Wake();

    /// <summary>Puts work into a loop's mailbox and wakes it; false if the mailbox is full or the loop has ended.</summary>
    public bool Post(int loop, ILoopWork work) => Post(_loops[loop], work);

    public static bool Post(MediaLoop loop, ILoopWork work)
    {
        if (!loop.Mailbox.TryPost(work)) { return false; }

        loop.Wake();
        return true;
    }

    /// <summary>Ends all threads. Sessions that still live are cut off without a word: close them before.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        foreach (var loop in _loops) { loop.Wake(); }

        foreach (var thread in _threads) { thread.Join(s_stopPatience); }
    }

    public void Dispose()
    {
        Stop();
        foreach (var loop in _loops) { loop.Dispose(); }

        _stopping.Dispose();
    }

    private sealed class Home(int loop)
    {
        public int Loop { get; } = loop;

        public int Holders { get; set; }

        public bool HasRoom { get; set; }
    }
}
