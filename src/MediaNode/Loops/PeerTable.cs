using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;

namespace Calls.MediaNode.Loops;

/// <summary>Whose datagrams come from an address: a peer of this loop's, or another loop's business.</summary>
internal struct AddressOwner
{
    /// <summary>The room of the peer; null when another loop owns it.</summary>
    public LoopRoom? Room;

    public Peer? Peer;

    /// <summary>The other loop.</summary>
    public int Loop;
}

/// <summary>Finds the peer of a datagram: by the address it comes from, or by the username fragment of a check.</summary>
internal sealed class PeerTable
{
    private readonly Dictionary<TransportAddress, AddressOwner> _byAddress = [];
    private readonly Dictionary<FragmentKey, (LoopRoom Room, Peer Peer)> _byFragment = [];

    /// <summary>The owner; check with <see cref="Unsafe.IsNullRef{T}"/>. Valid until the table changes.</summary>
    public ref AddressOwner Find(in TransportAddress source) => ref CollectionsMarshal.GetValueRefOrNullRef(_byAddress, source);

    public bool TryFind(ReadOnlySpan<byte> fragment, out (LoopRoom Room, Peer Peer) found)
    {
        found = default;
        return FragmentKey.TryRead(fragment, out var key) && _byFragment.TryGetValue(key, out found);
    }

    /// <summary>Datagrams from this address are that peer's; whoever had it before has lost it.</summary>
    public void Prove(TransportAddress address, LoopRoom room, Peer peer) =>
        _byAddress[address] = new AddressOwner { Room = room, Peer = peer };

    public void Route(TransportAddress address, int loop) => _byAddress[address] = new AddressOwner { Loop = loop };

    /// <summary>Is it the address of a peer of this loop's?</summary>
    public bool HasPeerAt(in TransportAddress address)
    {
        ref var owner = ref Find(address);
        return !Unsafe.IsNullRef(ref owner) && owner.Peer is not null;
    }

    /// <summary>Is what comes from there passed on to that loop?</summary>
    public bool LeadsTo(in TransportAddress address, int loop)
    {
        ref var owner = ref Find(address);
        return !Unsafe.IsNullRef(ref owner) && owner.Peer is null && owner.Loop == loop;
    }

    /// <summary>Forgets the address, if it still is that peer's.</summary>
    public void Retire(TransportAddress address, Peer peer)
    {
        if (_byAddress.TryGetValue(address, out var owner) && owner.Peer == peer) { _byAddress.Remove(address); }
    }

    /// <summary>Forgets the way to another loop, if it still is that one.</summary>
    public void Unroute(TransportAddress address, int loop)
    {
        if (LeadsTo(address, loop)) { _byAddress.Remove(address); }
    }

    public void Open(string fragment, LoopRoom room, Peer peer) => _byFragment[FragmentKey.Of(fragment)] = (room, peer);

    public void Close(string fragment) => _byFragment.Remove(FragmentKey.Of(fragment));

    /// <summary>A fragment of ours as a value: it always has the same length.</summary>
    private readonly record struct FragmentKey(ulong First, uint Last)
    {
        public static bool TryRead(ReadOnlySpan<byte> fragment, out FragmentKey key)
        {
            key = default;
            if (fragment.Length != IceCredentials.FragmentLength) { return false; }

            key = new FragmentKey(
                BinaryPrimitives.ReadUInt64LittleEndian(fragment), BinaryPrimitives.ReadUInt32LittleEndian(fragment[sizeof(ulong)..]));
            return true;
        }

        public static FragmentKey Of(string fragment)
        {
            Span<byte> bytes = stackalloc byte[IceCredentials.FragmentLength];
            return System.Text.Encoding.ASCII.TryGetBytes(fragment, bytes, out var written) && TryRead(bytes[..written], out var key)
                ? key
                : throw new ArgumentException("A fragment of ours has another length.", nameof(fragment));
        }
    }
}
