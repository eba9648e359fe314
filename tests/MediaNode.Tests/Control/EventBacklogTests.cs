using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.MediaNode.Control;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Control;

public sealed class EventBacklogTests
{
    private readonly ManualTime _time = new();
    private readonly EventBacklog _backlog;
    private readonly CallId _call = NodeHost.NewId<CallId>();
    private readonly SessionId _session = NodeHost.NewId<SessionId>();

    public EventBacklogTests() => _backlog = new EventBacklog(_time);

    [Fact]
    public void A_batch_comes_again_until_it_is_acknowledged()
    {
        _backlog.Add(Connected(1));
        _backlog.Add(Connected(2));
        var first = _backlog.NextBatch("run")!;
        _backlog.Add(Connected(3));

        var again = _backlog.NextBatch("run")!;
        _backlog.Acknowledge(2);
        var next = _backlog.NextBatch("run")!;

        Assert.Equal((1, 2), (first.FirstSequence, first.Events.Length));
        Assert.Equal(first.Events.AsEnumerable(), again.Events);
        Assert.Equal((3, 1), (next.FirstSequence, next.Events.Length));
    }

    [Fact]
    public void Numbers_have_no_gaps_and_batches_a_limit()
    {
        for (var i = 1; i <= 600; i++) { _backlog.Add(Connected(i)); }

        var generations = new List<int>();
        while (_backlog.NextBatch("run") is { } batch)
        {
            Assert.Equal(generations.Count + 1, batch.FirstSequence);
            Assert.InRange(batch.Events.Length, 1, EventBacklog.BatchMax);
            generations.AddRange(batch.Events.Select(one => ((NodeEvent.Connected)one).Generation));
            _backlog.Acknowledge(batch.FirstSequence + batch.Events.Length - 1);
        }

        Assert.Equal(Enumerable.Range(1, 600), generations);
        Assert.Equal(601, _backlog.NextSequence);
    }

    [Fact]
    public void A_part_of_a_batch_may_be_acknowledged()
    {
        for (var i = 1; i <= 5; i++) { _backlog.Add(Connected(i)); }

        _backlog.NextBatch("run");
        _backlog.Acknowledge(3);

        Assert.Equal(4, _backlog.NextBatch("run")!.FirstSequence);
    }

    [Fact]
    public void Of_what_is_spoken_and_shown_only_the_latest_is_kept_in_its_place()
    {
        _backlog.Add(Speaking(_session));
        _backlog.Add(Connected(1));
        _backlog.Add(Speaking());

        var events = _backlog.NextBatch("run")!.Events;

        Assert.Equal([typeof(NodeEvent.Connected), typeof(NodeEvent.Speaking)], events.Select(one => one.GetType()));
        Assert.Empty(((NodeEvent.Speaking)events[1]).Sessions);
    }

    [Fact]
    public void A_backlog_that_is_too_long_is_dropped_and_said_so()
    {
        for (var i = 0; i <= EventBacklog.Capacity; i++) { _backlog.Add(Connected(i)); }

        _backlog.Add(Connected(-7));

        var events = _backlog.NextBatch("run")!.Events;
        Assert.IsType<NodeEvent.Resync>(events[0]);
        Assert.Equal(-7, ((NodeEvent.Connected)Assert.Single(events.Skip(1))).Generation);
        Assert.Equal(1, _backlog.Resyncs);
    }

    [Fact]
    public void Endless_talk_fills_no_memory()
    {
        for (var i = 0; i < 5 * EventBacklog.Capacity; i++) { _backlog.Add(Speaking(_session)); }

        Assert.Single(_backlog.NextBatch("run")!.Events);
        Assert.Equal(0, _backlog.Resyncs);
    }

    [Fact]
    public void A_roster_is_told_the_number_of_the_last_event_before_it()
    {
        _backlog.Add(Connected(1));
        _backlog.NextBatch("run");
        _backlog.Add(Speaking(_session));
        _backlog.Add(Connected(2));

        var number = _backlog.NumberAll();
        _backlog.Add(Speaking());

        Assert.Equal(3, number);
        _backlog.Acknowledge(1);
        var numbered = Assert.Single(_backlog.NextBatch("run")!.Events.OfType<NodeEvent.Speaking>());
        Assert.Equal(_session, Assert.Single(numbered.Sessions));   // what has a number is no longer replaced
    }

    [Fact]
    public void The_age_is_that_of_the_oldest_event()
    {
        _backlog.Add(Connected(1));
        _time.Advance(TimeSpan.FromSeconds(3));
        _backlog.Add(Connected(2));

        Assert.Equal(TimeSpan.FromSeconds(3), _backlog.Age);
    }

    [Fact]
    public async Task What_is_urgent_does_not_wait_for_company()
    {
        var waiting = _backlog.WaitForNews(TimeSpan.FromHours(1), CancellationToken.None);

        _backlog.Add(Connected(1));

        await Eventually.Comes("the wait to end without the clock moving", waiting);
    }

    [Fact]
    public async Task What_is_not_urgent_waits_for_company()
    {
        var waiting = _backlog.WaitForNews(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        _backlog.Add(Speaking());
        await Eventually.True("the window to be armed", () => _time.TimersArmed == 1);
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(50));

        await Eventually.Comes("the window to end", waiting);
    }

    private NodeEvent.Connected Connected(int generation) =>
        new(_time.GetUtcNow(), _call, _session, generation, "udp", "profile", 1, 1);

    private NodeEvent.Speaking Speaking(params SessionId[] sessions) =>
        new(_time.GetUtcNow(), _call, [.. sessions], null);
}
