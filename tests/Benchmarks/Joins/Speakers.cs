namespace Calls.Benchmarks.Joins;

/// <summary>One voice in each call, 50 packets a second, until it is told to stop.</summary>
internal sealed class Speakers(IReadOnlyList<Device> devices) : IAsyncDisposable
{
    private const int TicksPerCheck = 100;
    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private Task _talking = Task.CompletedTask;

    public void Begin() => _talking = Task.Factory.StartNew(
        Talk, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _talking;
        _stop.Dispose();
    }

    private void Talk()
    {
        for (var tick = 0; !_stop.Token.WaitHandle.WaitOne(s_frame); tick++)
        {
            for (var i = 0; i < devices.Count; i++)
            {
                devices[i].Say();
                if ((tick + i) % TicksPerCheck == 0) { devices[i].Check(); }
            }
        }
    }
}
