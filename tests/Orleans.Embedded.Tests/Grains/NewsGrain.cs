using Orleans.Concurrency;

namespace Calls.Orleans.Embedded.Tests.Grains;

[Alias("tests.INewsObserver")]
public interface INewsObserver : IGrainObserver
{
    [OneWay]
    [Alias("Hear")]
    Task Hear(string news);

    [ResponseTimeout("00:00:01")]
    [Alias("Acknowledge")]
    Task<string> Acknowledge(string news);
}

[Alias("tests.INewsGrain")]
public interface INewsGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task Subscribe(INewsObserver observer);

    [Alias("Publish")]
    Task Publish(string news);

    [Alias("Ask")]
    Task<string> Ask(string news);

    /// <summary>Makes this grain a subscriber of another.</summary>
    [Alias("Follow")]
    Task Follow(INewsGrain other);
}

public sealed class NewsGrain : Grain, INewsGrain, INewsObserver
{
    private readonly List<INewsObserver> _observers = [];

    public Task Subscribe(INewsObserver observer)
    {
        _observers.Add(observer);
        return Task.CompletedTask;
    }

    public async Task Publish(string news)
    {
        foreach (var observer in _observers)
        {
            await observer.Hear(news);
        }
    }

    public Task<string> Ask(string news) => _observers[0].Acknowledge(news);

    public Task Follow(INewsGrain other) => other.Subscribe(this.AsReference<INewsObserver>());

    public Task Hear(string news)
    {
        Journal.Note(this.GetPrimaryKeyString(), news);
        return Task.CompletedTask;
    }

    public Task<string> Acknowledge(string news) => Task.FromResult($"grain: {news}");
}

/// <summary>An observer outside the grains.</summary>
public sealed class Listener(string name) : INewsObserver
{
    private int _inside;

    public int InsideMost { get; private set; }

    public async Task Hear(string news)
    {
        InsideMost = Math.Max(InsideMost, Interlocked.Increment(ref _inside));
        await Task.Yield();
        Journal.Note(name, news);
        Interlocked.Decrement(ref _inside);
    }

    public Task<string> Acknowledge(string news) => news == "fail"
        ? throw new TravellingException("a listener")
        : Task.FromResult($"{name}: {news}");
}
