using Calls.Media.Datagrams;

namespace Calls.Media.Ice;

/// <summary>The pairs an authenticated check has come over: only from them is DTLS and media read (rows DMX1, DTLS2).</summary>
internal sealed class ProvenPairs
{
    private readonly Proof[] _proofs = new Proof[IceLimits.ProvenPairsMax];
    private int _count;

    /// <summary>Remembers a pair as proven until then. With no room left, the pair whose proof ends first gives way.</summary>
    internal void Prove(TransportAddress remote, TransportAddress local, MonotonicTime until)
    {
        var at = IndexOf(remote, local);
        if (at < 0) { at = _count < _proofs.Length ? _count++ : IndexOfShortest(); }
        _proofs[at] = new Proof(remote, local, until);
    }

    /// <summary>Shortens a proof.</summary>
    internal void Retire(TransportAddress remote, TransportAddress local, MonotonicTime until)
    {
        var at = IndexOf(remote, local);
        if (at >= 0) { _proofs[at] = new Proof(remote, local, MonotonicTime.Earlier(until, _proofs[at].Until)); }
    }

    /// <summary>Is there a proof for that address now?</summary>
    internal bool IsProven(TransportAddress remote, MonotonicTime now)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_proofs[i].Remote == remote && now < _proofs[i].Until) { return true; }
        }

        return false;
    }

    private int IndexOf(TransportAddress remote, TransportAddress local)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_proofs[i].Remote == remote && _proofs[i].Local == local) { return i; }
        }

        return -1;
    }

    private int IndexOfShortest()
    {
        var shortest = 0;
        for (var i = 1; i < _count; i++)
        {
            if (_proofs[i].Until < _proofs[shortest].Until) { shortest = i; }
        }

        return shortest;
    }

    private readonly record struct Proof(TransportAddress Remote, TransportAddress Local, MonotonicTime Until);
}
