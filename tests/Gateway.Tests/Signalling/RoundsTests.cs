using System.Collections.Concurrent;
using Calls.Gateway.Signalling;
using Calls.Support;

namespace Calls.Gateway.Tests.Signalling;

public class RoundsTests
{
    private readonly ManualTime _time = new();
    private readonly List<Exception> _failed = [];

    [Fact]
    public async Task Those_who_do_not_answer_hold_up_neither_the_others_nor_the_next_round()
    {
        var rounds = new Rounds(_time, _failed.Add);
        var never = new TaskCompletionSource();
        var asked = new ConcurrentQueue<string>();
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"hangs {i}"), "answers"];
        Task Ask(string name)
        {
            asked.Enqueue(name);
            return name == "answers" ? Task.CompletedTask : never.Task;
        }

        // More than are asked at once: each lot has its time.
        var first = rounds.Each(names, name => name, Ask, default);
        while (!first.IsCompleted)
        {
            await Eventually.True("a lot waits, or all are done", () => first.IsCompleted || _time.TimersArmed > 0);
            _time.Advance(Rounds.Patience);
        }

        await first;
        await Eventually.True("all are asked", () => asked.Order().SequenceEqual(names.Order()));

        // Without time going by.
        await Eventually.Passes("those who answer are asked again", async () =>
        {
            asked.Clear();
            await Eventually.Comes("the next round", rounds.Each(names, name => name, Ask, default));
            Assert.Contains("answers", asked);
        });
        Assert.All(asked, name => Assert.Equal("answers", name));

        never.SetResult();
        await Eventually.Passes("so are those who have answered at last", async () =>
        {
            await rounds.Each(names, name => name, Ask, default);
            Assert.Equal(names.Order(), asked.Distinct().Order());
        });
        Assert.Empty(_failed);
    }

    [Fact]
    public async Task One_that_fails_is_told_of_and_asked_again()
    {
        var rounds = new Rounds(_time, _failed.Add);
        var asked = 0;
        for (var round = 0; round < 2; round++)
        {
            await rounds.Each(["fails"], name => name, _ => throw new TimeoutException($"{++asked}"), default);
        }

        Assert.Equal(["1", "2"], _failed.Select(fault => fault.Message));
    }
}
