using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Stun;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>
/// Answers checks that belong to nobody here (row ICE3), so that a failure can be diagnosed; so many per second and source,
/// so that nobody can be flooded through us. Sources share a fixed number of counters.
/// </summary>
internal sealed class StunErrors(int perSecond)
{
    private const int Counters = 256;

    private readonly int[] _sent = new int[Counters];
    private long _second;

    public void Refuse(in StunReader check, in Route back, MonotonicTime now, SendBatch output)
    {
        if (check.Kind != StunMessageKind.BindingRequest || !MaySend(back.Remote, now)) { return; }

        var code = check.Username.IsEmpty || !check.HasIntegrity ? StunRefusal.BadRequest : StunRefusal.Unauthenticated;
        var room = output.Lend(Math.Min(check.MessageBytes, PeerLimits.DatagramBytesMax));
        var bytes = StunRefusal.Write(check, code, default, room);
        if (bytes > 0) { output.Send(back, bytes); }
    }

    private bool MaySend(TransportAddress source, MonotonicTime now)
    {
        var second = now.Microseconds / TimeSpan.MicrosecondsPerSecond;
        if (second != _second)
        {
            _second = second;
            Array.Clear(_sent);
        }

        // The port is not looked at: one host is one source.
        ref var sent = ref _sent[(uint)source.WithPort(0).GetHashCode() % Counters];
        return sent++ < perSecond;
    }
}
