using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;

namespace Calls.Orleans.Embedded.Tests;

public sealed class ObserverTests(SharedHost host) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task News_reaches_an_observer_one_at_a_time()
    {
        var listener = new Listener("listener:news");
        await News("news:plain").Subscribe(host.Grains.CreateObjectReference<INewsObserver>(listener));

        for (var i = 0; i < 20; i++)
        {
            await News("news:plain").Publish($"news {i}");
        }

        await Eventually.Sees("all news", () => Journal.Of("listener:news"), notes => notes.Length == 20);
        Assert.Equal(1, listener.InsideMost);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observers_answer_and_its_exception_reach_the_grain()
    {
        var listener = new Listener("listener:answer");
        await News("news:answer").Subscribe(host.Grains.CreateObjectReference<INewsObserver>(listener));

        Assert.Equal("listener:answer: well?", await News("news:answer").Ask("well?"));
        await Assert.ThrowsAsync<TravellingException>(() => News("news:answer").Ask("fail"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_deleted_observer_is_silent_and_costs_a_one_way_sender_nothing()
    {
        var listener = new Listener("listener:deleted");
        var reference = host.Grains.CreateObjectReference<INewsObserver>(listener);
        await News("news:deleted").Subscribe(reference);

        host.Grains.DeleteObjectReference<INewsObserver>(reference);

        await Eventually.Comes("the one-way news", News("news:deleted").Publish("lost"));
        await Assert.ThrowsAsync<TimeoutException>(() => News("news:deleted").Ask("anyone?"));
        Assert.Empty(Journal.Of("listener:deleted"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_grain_hears_news_by_a_reference_to_itself()
    {
        await News("news:follower").Follow(News("news:followed"));

        await News("news:followed").Publish("hello");

        await Eventually.True("the follower's news", () => Journal.Of("news:follower").Contains("hello"));
        Assert.Equal("grain: well?", await News("news:followed").Ask("well?"));
    }

    [Fact]
    public async Task A_raw_observer_object_is_refused_as_an_argument() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => News("news:raw").Subscribe(new Listener("listener:raw")));

    [Fact]
    public void Only_the_reference_can_be_deleted() => Assert.Throws<ArgumentException>(
        () => host.Grains.DeleteObjectReference<INewsObserver>(new Listener("listener:object")));

    [Fact]
    public void One_object_registered_twice_has_two_references()
    {
        var listener = new Listener("listener:twice");

        Assert.NotEqual(
            host.Grains.CreateObjectReference<INewsObserver>(listener),
            host.Grains.CreateObjectReference<INewsObserver>(listener));
        GC.KeepAlive(listener);
    }

    private INewsGrain News(string key) => host.Grains.GetGrain<INewsGrain>(key);
}
