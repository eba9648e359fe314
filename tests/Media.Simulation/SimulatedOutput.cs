using Calls.Media.Peers;
using Calls.Media.Rooms;

namespace Calls.Media.Simulation;

/// <summary>A room's way out into a simulated network.</summary>
public readonly struct SimulatedOutput(RoomScenario scenario) : IRoomOutput
{
    private readonly byte[] _lent = new byte[PeerLimits.DatagramBytesMax];

    public Span<byte> Lend(int bytesMax) => _lent.AsSpan(0, bytesMax);

    public void Send(in Route route, int bytes) => scenario.Network.Send(route.Local, route.Remote, _lent.AsSpan(0, bytes));

    public void Emit(RoomEvent news) => scenario.Say(news);
}
