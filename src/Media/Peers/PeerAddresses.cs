using Calls.Media.Datagrams;
using Calls.Media.Ice;

namespace Calls.Media.Peers;

/// <summary>
/// Tells the loop which addresses are this peer's, so that it can find the peer by them. Whether they still may be read from
/// is the ICE agent's to say.
/// </summary>
internal sealed class PeerAddresses
{
    private readonly TransportAddress[] _told = new TransportAddress[IceLimits.ProvenPairsMax];
    private int _count;
    private int _next;

    /// <summary>An authenticated check came from there.</summary>
    public void Prove<TOutput>(TransportAddress source, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        if (_told.AsSpan(0, _count).Contains(source)) { return; }

        if (_count == _told.Length)
        {
            output.Emit(new PeerEvent(PeerEventKind.AddressRetired) { Address = _told[_next] });
        }
        else
        {
            _count++;
        }

        _told[_next] = source;
        _next = (_next + 1) % _told.Length;
        output.Emit(new PeerEvent(PeerEventKind.AddressProven) { Address = source });
    }

    /// <summary>The peer is over: none of them is its own any more.</summary>
    public void RetireAll<TOutput>(ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        foreach (var address in _told.AsSpan(0, _count))
        {
            output.Emit(new PeerEvent(PeerEventKind.AddressRetired) { Address = address });
        }

        _count = _next = 0;
    }
}
