using Calls.Support;

namespace Calls.Gateway.Tests;

public class LanesTests
{
    private readonly List<string> _done = [];

    [Fact]
    public async Task Each_lane_keeps_its_order_and_none_waits_for_another()
    {
        var (lanes, gate) = (new Lanes(waitingMax: 10), new TaskCompletionSource());
        lanes.TryAdd("held up", () => gate.Task);
        lanes.TryAdd("held up", Do("second"));
        lanes.TryAdd("held up", Do("third"));
        lanes.TryAdd("free", Do("free"));

        Assert.Equal(["free"], _done);
        gate.SetResult();
        await Eventually.True("all is done", () => _done.Count == 3);
        Assert.Equal(["free", "second", "third"], _done);
    }

    [Fact]
    public async Task Where_too_much_waits_no_more_is_taken_until_there_is_room()
    {
        var (lanes, gate) = (new Lanes(waitingMax: 2), new TaskCompletionSource());
        lanes.TryAdd("held up", () => gate.Task);
        Assert.True(lanes.TryAdd("held up", Do("1")) && lanes.TryAdd("held up", Do("2")));
        Assert.False(lanes.TryAdd("held up", Do("3")));
        Assert.True(lanes.TryAdd("another", Do("free")));

        gate.SetResult();
        await Eventually.True("all is done", () => _done.Count == 3);
        Assert.True(lanes.TryAdd("held up", Do("4")));
        await Eventually.True("the last is done", () => _done.Count == 4);
        Assert.Equal(["free", "1", "2", "4"], _done);
    }

    private Func<Task> Do(string name) => () =>
    {
        _done.Add(name);
        return Task.CompletedTask;
    };
}
