using Calls.Media.Datagrams;

namespace Calls.Media.Simulation;

/// <summary>What a network does to datagrams; each is drawn for each datagram.</summary>
/// <param name="Loss">Share lost, 0 to 1.</param>
/// <param name="Duplication">Share that arrives twice, 0 to 1.</param>
/// <param name="Delay">The least time on the way.</param>
/// <param name="Jitter">The most time added to it; what overtakes is reordered.</param>
public sealed record Weather(double Loss, double Duplication, TimeSpan Delay, TimeSpan Jitter)
{
    /// <summary>Nothing is lost, all takes 10 ms.</summary>
    public static Weather Fair { get; } = new(0, 0, TimeSpan.FromMilliseconds(10), TimeSpan.Zero);

    /// <summary>A bad wireless link: loss, duplicates, and packets that overtake each other.</summary>
    public static Weather Bad { get; } = new(0.05, 0.02, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(45));
}

/// <summary>
/// Carries datagrams between addresses in simulated time. One seed replays a run exactly; the order of events at one instant
/// is the order in which they were made.
/// </summary>
public sealed class SimulatedNetwork(int seed)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Delivery, (long At, long Order)> _underway = new();
    private readonly Dictionary<TransportAddress, Action<TransportAddress, byte[]>> _hosts = [];
    private long _order;

    /// <summary>The present moment; only <see cref="Deliver"/> and <see cref="WaitUntil"/> move it.</summary>
    public MonotonicTime Now { get; private set; } = MonotonicTime.FromMilliseconds(1_000);

    /// <summary>What happens to datagrams from now on.</summary>
    public Weather Weather { get; set; } = Weather.Fair;

    /// <summary>When the next datagram arrives.</summary>
    public MonotonicTime NextArrival =>
        _underway.TryPeek(out _, out var next) ? new MonotonicTime(next.At) : MonotonicTime.Never;

    /// <summary>A host takes what is sent to its address: source and datagram.</summary>
    public void Attach(TransportAddress address, Action<TransportAddress, byte[]> receive) => _hosts[address] = receive;

    /// <summary>Nobody is at that address any more.</summary>
    public void Detach(TransportAddress address) => _hosts.Remove(address);

    /// <summary>Sends a datagram, as the weather lets it.</summary>
    public void Send(TransportAddress source, TransportAddress destination, ReadOnlySpan<byte> datagram)
    {
        if (_random.NextDouble() < Weather.Loss) { return; }

        var copies = _random.NextDouble() < Weather.Duplication ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var at = Now + Weather.Delay + (Weather.Jitter * _random.NextDouble());
            _underway.Enqueue(new Delivery(source, destination, datagram.ToArray()), (at.Microseconds, _order++));
        }
    }

    /// <summary>Moves time to the next arrival and hands it over.</summary>
    public void Deliver()
    {
        _underway.TryDequeue(out var delivery, out var at);
        WaitUntil(new MonotonicTime(at.At));
        if (_hosts.TryGetValue(delivery!.Destination, out var receive)) { receive(delivery.Source, delivery.Datagram); }
    }

    /// <summary>Moves time forward.</summary>
    public void WaitUntil(MonotonicTime time) => Now = time > Now ? time : Now;

    private sealed record Delivery(TransportAddress Source, TransportAddress Destination, byte[] Datagram);
}
