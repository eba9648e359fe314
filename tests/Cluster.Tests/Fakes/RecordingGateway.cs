using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>A gateway that keeps what it is told.</summary>
internal sealed class RecordingGateway : IGatewayObserver
{
    private readonly Lock _lock = new();
    private readonly List<News> _news = [];
    private readonly Dictionary<CallId, long> _progress = [];

    public Task Tell(News news)
    {
        lock (_lock) { _news.Add(news); }

        return Task.CompletedTask;
    }

    public Task TellProgress(CallId call, long seq)
    {
        lock (_lock) { _progress[call] = seq; }

        return Task.CompletedTask;
    }

    public IReadOnlyList<News> News
    {
        get { lock (_lock) { return [.. _news]; } }
    }

    public IReadOnlyList<T> Of<T>() where T : CallEvent => [.. News.Select(news => news.Event).OfType<T>()];

    public long ProgressOf(CallId call)
    {
        lock (_lock) { return _progress.GetValueOrDefault(call); }
    }
}
