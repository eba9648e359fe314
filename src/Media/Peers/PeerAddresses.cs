using Calls.Media.Datagrams;
using Calls.Media.Ice;

namespace Calls.Media.Peers;

/// <summary>
/// Remembers which addresses are this peer's, so that the loop that finds the peer by them can be told when one no longer is.
/// Whether they still may be read from is the ICE agent's to say.
/// </summary>
internal sealed class PeerAddresses
{
    private readonly TransportAddress[] _known = new TransportAddress[IceLimits.ProvenPairsMax];   // the one proven last stands last
    private int _count;

    /// <summary>An authenticated check came from there. With no room left the one proven longest ago gives way, but not the present one.</summary>
    public void Prove<TOutput>(TransportAddress source, TransportAddress present, ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        var at = Array.IndexOf(_known, source, 0, _count);
        if (at < 0 && _count < _known.Length)
        {
            at = _count++;
        }
        else if (at < 0)
        {
            at = _known[0] == present ? 1 : 0;
            output.Emit(new PeerEvent(PeerEventKind.AddressRetired) { Address = _known[at] });
        }

        Array.Copy(_known, at + 1, _known, at, _count - at - 1);
        _known[_count - 1] = source;
    }

    /// <summary>The peer is over: none of them is its own any more.</summary>
    public void RetireAll<TOutput>(ref TOutput output)
        where TOutput : struct, IPeerOutput, allows ref struct
    {
        foreach (var address in _known.AsSpan(0, _count))
        {
            output.Emit(new PeerEvent(PeerEventKind.AddressRetired) { Address = address });
        }

        _count = 0;
    }
}
