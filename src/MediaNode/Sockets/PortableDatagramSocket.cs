using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Calls.Media.Datagrams;

namespace Calls.MediaNode.Sockets;

/// <summary>
/// A loop's socket where there is no <c>recvmmsg</c>: one wildcard socket, one system call per datagram, still without
/// allocation (the overloads with <see cref="EndPoint"/> would make 40 to 62 bytes of garbage per packet).
/// </summary>
internal sealed unsafe class PortableDatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;
    private readonly Socket _waker;
    private readonly SocketAddress _source;
    private readonly SocketAddress _destination;
    private readonly SocketAddress _own;
    private readonly bool _isIPv6;
    private readonly byte[] _nothing = [0];

    /// <summary>Binds the port on all addresses of the host.</summary>
    public PortableDatagramSocket(int port, bool ipv6)
    {
        _isIPv6 = ipv6 && Socket.OSSupportsIPv6;
        var family = _isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        if (_isIPv6) { _socket.DualMode = true; }

        _socket.Bind(new IPEndPoint(_isIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
        _socket.ReceiveBufferSize = LinuxUdp.BufferBytes;
        _socket.SendBufferSize = LinuxUdp.BufferBytes;
        _source = new SocketAddress(family);
        _destination = new SocketAddress(family);
        var bound = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        Span<byte> any = stackalloc byte[TransportAddress.IPv6Bytes];
        any.Clear();
        Locals = [TransportAddress.From(_isIPv6 ? any : any[..TransportAddress.IPv4Bytes], (ushort)bound)];

        _waker = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        _own = new IPEndPoint(_isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, bound).Serialize();
    }

    /// <inheritdoc/>
    public IReadOnlyList<TransportAddress> Locals { get; }

    /// <inheritdoc/>
    public int ReceiveBufferBytes => _socket.ReceiveBufferSize;

    /// <inheritdoc/>
    public void Wait(TimeSpan atMost)
    {
        if (atMost > TimeSpan.Zero) { _ = _socket.Poll(atMost, SelectMode.SelectRead); }
    }

    /// <inheritdoc/>
    public int Receive(ReceiveBatch batch)
    {
        var count = 0;
        while (count < ReceiveBatch.Capacity && _socket.Poll(0, SelectMode.SelectRead))
        {
            try
            {
                var into = new Span<byte>(batch.Slab(count), ReceiveBatch.ReceiveBytesMax);
                var bytes = _socket.ReceiveFrom(into, SocketFlags.None, _source);
                batch.Fill(count++, bytes, 0, ReadSource());
            }
            catch (SocketException)
            {
                // An ICMP answer to something sent earlier, or a datagram that was too long: neither is of use.
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Send(SendBatch batch)
    {
        foreach (ref var datagram in batch.Pending)
        {
            WriteDestination(datagram.Remote);
            try
            {
                _ = _socket.SendTo(new ReadOnlySpan<byte>(datagram.Data, datagram.Bytes), SocketFlags.None, _destination);
                batch.CountSent(1);
            }
            catch (SocketException problem)
            {
                Count(problem.SocketErrorCode, batch.Errors);
            }
        }
    }

    /// <inheritdoc/>
    public void Wake()
    {
        try
        {
            // A datagram of no protocol: the loop drops it and has been woken.
            _ = _waker.SendTo(_nothing, SocketFlags.None, _own);
        }
        catch (SocketException)
        {
            // Then the loop wakes at its next deadline.
        }
        catch (ObjectDisposedException)
        {
            // Closing is how a waiting loop is told to stop.
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _waker.Dispose();
    }

    private static void Count(SocketError error, SendErrors errors)
    {
        switch (error)
        {
            case SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable: errors.CountFull(); break;
            case SocketError.MessageSize: errors.CountTooBig(); break;
            case SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.ConnectionRefused:
                errors.CountUnreachable();
                break;
            default: errors.CountOther(); break;
        }
    }

    // Port and address stand at the same places of a sockaddr on every system; only its first two bytes differ.
    private TransportAddress ReadSource()
    {
        var bytes = _source.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return _isIPv6 ? TransportAddress.From(bytes.Slice(8, 16), port) : TransportAddress.From(bytes.Slice(4, 4), port);
    }

    private void WriteDestination(in TransportAddress remote)
    {
        var bytes = _destination.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], remote.Port);
        if (_isIPv6) { remote.WriteIPv6(bytes[8..]); } else { remote.WriteIp(bytes[4..]); }
    }
}
