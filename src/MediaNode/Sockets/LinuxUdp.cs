using System.Net.Sockets;
using Calls.Media.Datagrams;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Sockets;

/// <summary>Opens UDP sockets as the media loops need them.</summary>
internal static unsafe class LinuxUdp
{
    /// <summary>Room for about 40 ms of a loop's largest load; what was granted is logged.</summary>
    public const int BufferBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Binds the port alone for a moment. With the shared option a second process would silently take half of the traffic.
    /// </summary>
    /// <returns>The address with the port that was bound: another one than asked if that was 0.</returns>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static TransportAddress Probe(in TransportAddress address)
    {
        var socket = Open(address, isShared: false);
        try
        {
            return NameOf(socket);
        }
        finally
        {
            _ = SocketCalls.Close(socket);
        }
    }

    /// <summary>A bound, non-blocking socket; several may share one address and port.</summary>
    public static int OpenShared(in TransportAddress address)
    {
        var socket = Open(address, isShared: true);
        AskBuffer(socket, SocketCalls.ReceiveBufferBytesForced, SocketCalls.ReceiveBufferBytes);
        AskBuffer(socket, SocketCalls.SendBufferBytesForced, SocketCalls.SendBufferBytes);

        // Never fragmented: a packet that is too long for the path shall fail here, where it is counted.
        _ = address.IsIPv4
            ? SetOption(socket, SocketCalls.LevelIPv4, SocketCalls.IPv4MtuDiscover, SocketCalls.MtuDiscoverDo)
            : SetOption(socket, SocketCalls.LevelIPv6, SocketCalls.IPv6MtuDiscover, SocketCalls.MtuDiscoverDo);
        return socket;
    }

    public static int GetOption(int socket, int level, int name)
    {
        var value = 0;
        uint bytes = sizeof(int);
        return SocketCalls.GetSocketOption(socket, level, name, &value, &bytes) == 0 ? value : 0;
    }

    private static int Open(in TransportAddress address, bool isShared)
    {
        var family = address.IsIPv4 ? SocketCalls.AddressFamilyIPv4 : SocketCalls.AddressFamilyIPv6;
        var socket = SocketCalls.Socket(family, SocketCalls.DatagramNonBlockingCloseOnExec, 0);
        if (socket < 0) { throw SocketCalls.Failure(); }

        if (!address.IsIPv4) { SetOption(socket, SocketCalls.LevelIPv6, SocketCalls.IPv6Only, 1); }

        if (isShared) { SetOption(socket, SocketCalls.LevelSocket, SocketCalls.ReusePort, 1); }

        SocketAddressBytes name;
        var bytes = SocketAddressCodec.Write(address, name.Bytes);
        if (SocketCalls.Bind(socket, &name, (uint)bytes) == 0) { return socket; }

        var failure = SocketCalls.Failure();
        _ = SocketCalls.Close(socket);
        throw failure;
    }

    private static TransportAddress NameOf(int socket)
    {
        SocketAddressBytes name;
        uint bytes = SocketAddressBytes.MaxBytes;
        return SocketCalls.GetSocketName(socket, &name, &bytes) == 0
            ? SocketAddressCodec.Read(name.Bytes)
            : throw SocketCalls.Failure();
    }

    // The forced option ignores the system's limit, if we may.
    private static void AskBuffer(int socket, int forced, int ordinary)
    {
        if (SetOption(socket, SocketCalls.LevelSocket, forced, BufferBytes) != 0)
        {
            SetOption(socket, SocketCalls.LevelSocket, ordinary, BufferBytes);
        }
    }

    private static int SetOption(int socket, int level, int name, int value) =>
        SocketCalls.SetSocketOption(socket, level, name, &value, sizeof(int));
}
