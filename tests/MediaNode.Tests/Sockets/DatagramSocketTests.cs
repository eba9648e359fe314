using System.Net;
using System.Net.Sockets;
using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Sockets;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Tests.Sockets;

/// <summary>Both ways to the network, over real UDP on loopback.</summary>
public sealed class DatagramSocketTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly SlabPool _pool = new(2 * ReceiveBatch.Capacity);
    private readonly UdpClient _other = new(new IPEndPoint(IPAddress.Loopback, 0));

    public void Dispose()
    {
        _other.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void What_is_sent_arrives_and_says_where_it_came_from(bool batched)
    {
        using var socket = Open(batched);
        var batch = new ReceiveBatch(_pool);
        _other.Send([1, 2, 3], 3, new IPEndPoint(IPAddress.Loopback, socket.Locals[0].Port));

        socket.Wait(s_patience);

        Assert.Equal(1, socket.Receive(batch));
        Assert.Equal([1, 2, 3], new ReadOnlySpan<byte>(batch.Slab(0), batch.Bytes(0)).ToArray());
        Assert.Equal(OtherAddress, batch.Source(0));
        Assert.Equal(0, socket.Receive(batch));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_goes_out_in_order_whatever_its_sizes(bool batched)
    {
        using var socket = Open(batched);
        using var batch = new SendBatch(socket);
        int[] sizes = [100, 100, 100, 60, 200, 100, 1_400, 1_400, 7];   // runs that end early, grow, or stand alone

        foreach (var size in sizes) { Send(batch, socket, size); }

        batch.Flush();

        foreach (var size in sizes) { Assert.Equal(size, ReceiveAtOther().Length); }

        Assert.Equal(sizes.Length, batch.DatagramsTotal);
        Assert.Equal(0, batch.Errors.Other + batch.Errors.TooBig + batch.Errors.Unreachable + batch.Errors.Full);
    }

    [Fact]
    public void A_full_batch_is_sent_early_and_nothing_is_lost()
    {
        using var socket = Open(batched: true);
        using var batch = new SendBatch(socket);

        for (var i = 0; i < (2 * SendBatch.Capacity) + 5; i++) { Send(batch, socket, 20 + (i % 3)); }

        batch.Flush();

        for (var i = 0; i < (2 * SendBatch.Capacity) + 5; i++) { Assert.Equal(20 + (i % 3), ReceiveAtOther().Length); }
    }

    [Fact]
    public void One_dead_destination_never_costs_the_batch()
    {
        using var socket = Open(batched: true);
        using var batch = new SendBatch(socket);
        var dead = TransportAddress.FromIPv4(0xFFFFFFFF, 9);   // broadcast without permission

        Send(batch, socket, 10);
        batch.Lend(10).Clear();
        batch.Send(new Route(socket.Locals[0], dead), 10);
        Send(batch, socket, 11);
        batch.Flush();

        Assert.Equal(10, ReceiveAtOther().Length);
        Assert.Equal(11, ReceiveAtOther().Length);
        Assert.Equal(1, batch.Errors.Unreachable + batch.Errors.Other);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_waiting_loop_is_woken_by_another_thread(bool batched)
    {
        using var socket = Open(batched);
        var waiting = Task.Factory.StartNew(
            () => socket.Wait(TimeSpan.FromMinutes(5)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        socket.Wake();

        await Support.Eventually.Comes("the wait to end", waiting);
    }

    [Fact]
    public void A_flood_on_one_address_does_not_silence_another()
    {
        using var socket = new LinuxDatagramSocket([
            LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0)), LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000002, 0))]);
        var batch = new ReceiveBatch(_pool);
        var flooded = new IPEndPoint(IPAddress.Parse("127.0.0.1"), socket.Locals[0].Port);
        for (var i = 0; i < 4 * ReceiveBatch.Capacity; i++) { _other.Send([1], 1, flooded); }

        socket.Wait(s_patience);
        Assert.Equal(ReceiveBatch.Capacity, socket.Receive(batch));
        _other.Send([2], 1, new IPEndPoint(IPAddress.Parse("127.0.0.2"), socket.Locals[1].Port));
        socket.Wait(TimeSpan.Zero);   // as a loop does that has not come to the end

        Assert.Equal(1, socket.Receive(batch));
        Assert.Equal(1, batch.Local(0));
        Assert.Equal(ReceiveBatch.Capacity, socket.Receive(batch));
        Assert.Equal(0, batch.Local(0));
    }

    [Fact]
    public void A_datagram_that_is_too_long_is_seen_as_such()
    {
        using var socket = Open(batched: true);
        var batch = new ReceiveBatch(_pool);
        _other.Send(new byte[9_000], 9_000, new IPEndPoint(IPAddress.Loopback, socket.Locals[0].Port));

        socket.Wait(s_patience);

        Assert.Equal(1, socket.Receive(batch));
        Assert.True(batch.Bytes(0) > PeerLimits.DatagramBytesMax);
    }

    [Fact]
    public void A_busy_port_is_told_in_one_line_with_the_option_to_change()
    {
        var port = ((IPEndPoint)_other.Client.LocalEndPoint!).Port;
        var options = new MediaNodeOptions { Port = port, Addresses = "127.0.0.1" };

        var problem = Assert.Throws<MediaNodeStartException>(() => Find(options));

        Assert.Equal(
            $"UDP port {port} on 127.0.0.1 is in use by another program; stop it or set Calls:Media:Port to a free port.",
            problem.Message);
    }

    [Fact]
    public void Two_loops_share_a_port_that_nobody_else_gets()
    {
        var options = new MediaNodeOptions { Port = 0, Addresses = "127.0.0.1" };
        var addresses = Find(options);
        using var first = new LinuxDatagramSocket(addresses.Bound);
        using var second = new LinuxDatagramSocket(addresses.Bound);

        options.Port = addresses.Bound[0].Port;

        Assert.Throws<MediaNodeStartException>(() => Find(options));
    }

    [Fact]
    public void A_page_on_localhost_makes_loopback_a_candidate()
    {
        var addresses = Find(new MediaNodeOptions { Port = 0 });

        Assert.Contains(addresses.Advertised, address => address.IpText() == "127.0.0.1");
    }

    [Fact]
    public void A_port_for_each_thread_means_ports_in_a_row()
    {
        var options = new MediaNodeOptions { Port = FreeRow(3), Addresses = "127.0.0.1", PortPerThread = true };

        var found = NodeAddresses.FindAll(options, servesLocalhost: false, threads: 3);

        Assert.Equal([options.Port, options.Port + 1, options.Port + 2], found.Select(one => (int)one.UdpPort));
        Assert.All(found, one => Assert.Equal(one.UdpPort, one.Advertised.Single().Port));
    }

    [Fact]
    public void Ports_in_a_row_that_would_end_beyond_the_last_one_are_refused()
    {
        var options = new MediaNodeOptions { Port = 65_534, Addresses = "127.0.0.1", PortPerThread = true };

        var problem = Assert.Throws<MediaNodeStartException>(() => NodeAddresses.FindAll(options, servesLocalhost: false, threads: 3));

        Assert.Equal("Calls:Media:Port is 65534; allowed with 3 threads that have a port each: up to 65533.", problem.Message);
    }

    private static NodeAddresses Find(MediaNodeOptions options, bool servesLocalhost = true) =>
        NodeAddresses.FindAll(options, servesLocalhost, threads: 1).Single();

    // Below the ports that the system gives out by itself, so that no other test gets one in between.
    private static int FreeRow(int ports)
    {
        for (var first = 20_000; first < 30_000; first += ports)
        {
            var row = Enumerable.Range(first, ports).Select(port => TransportAddress.FromIPv4(0x7F000001, (ushort)port));
            if (row.All(IsFree)) { return first; }
        }

        throw new InvalidOperationException("No ports in a row are free.");
    }

    private static bool IsFree(TransportAddress address)
    {
        try
        {
            return LinuxUdp.Probe(address) == address;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private TransportAddress OtherAddress =>
        TransportAddress.FromIPv4(0x7F000001, (ushort)((IPEndPoint)_other.Client.LocalEndPoint!).Port);

    private static IDatagramSocket Open(bool batched) => batched
        ? new LinuxDatagramSocket([LinuxUdp.Probe(TransportAddress.FromIPv4(0x7F000001, 0))])
        : new PortableDatagramSocket(0, ipv6: true);

    private void Send(SendBatch batch, IDatagramSocket socket, int bytes)
    {
        batch.Lend(PeerLimits.DatagramBytesMax)[..bytes].Fill((byte)bytes);
        batch.Send(new Route(socket.Locals[0], OtherAddress), bytes);
    }

    private byte[] ReceiveAtOther()
    {
        _other.Client.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        var from = new IPEndPoint(IPAddress.Any, 0);
        return _other.Receive(ref from);
    }
}
