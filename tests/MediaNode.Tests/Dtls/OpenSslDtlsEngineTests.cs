using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Tests.Clients;
using Calls.Support;

namespace Calls.MediaNode.Tests.Dtls;

public sealed class OpenSslDtlsEngineTests : IDisposable
{
    private static readonly MonotonicTime s_now = MonotonicTime.FromMilliseconds(1_000);

    private readonly OpenSslDtlsEngineFactory _factory = new(NodeCertificate.Create(TimeProvider.System));
    private readonly IDtlsEngine _server;

    public OpenSslDtlsEngineTests() => _server = _factory.CreateServer();

    public void Dispose()
    {
        _server.Dispose();
        _factory.Dispose();
    }

    [Fact]
    public void A_browser_like_client_connects_and_both_sides_export_the_same_keys()   // DTLS1, DTLS7
    {
        using var client = new OpenSslClient();

        Converse(client, client.Step());

        Assert.True(client.IsConnected);
        Assert.Equal(DtlsEngineState.Connected, _server.State);
        var keys = new byte[56];
        Assert.True(_server.TryExportKeyingMaterial(keys));
        Assert.Equal(client.ExportKeys(56), keys);
    }

    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM", DtlsSrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80", DtlsSrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AES128_CM_SHA1_80", DtlsSrtpProfile.Aes128CmHmacSha1Tag80)]
    public void The_server_s_order_of_SRTP_profiles_wins(string offered, DtlsSrtpProfile expected)   // DTLS6
    {
        using var client = new OpenSslClient(new OpenSslClientSetup { Profiles = offered });

        Converse(client, client.Step());

        Assert.Equal(expected, _server.SelectedSrtpProfile);
        Assert.Equal((ulong)expected, client.SelectedProfile);
    }

    [Theory]
    [InlineData("SRTP_AEAD_AES_256_GCM")]
    [InlineData(null)]
    public void Without_a_common_profile_none_is_selected(string? offered)   // DTLS6
    {
        using var client = new OpenSslClient(new OpenSslClientSetup { Profiles = offered });

        Converse(client, client.Step());

        Assert.Equal(DtlsSrtpProfile.None, _server.SelectedSrtpProfile);
    }

    [Fact]
    public void A_hello_in_several_datagrams_is_reassembled_in_any_order()   // DTLS3
    {
        using var client = new OpenSslClient(
            new OpenSslClientSetup { Mtu = 256, Options = OpenSslClientSetup.PadHello, Ciphers = "ALL" });
        var hello = client.Step();
        Assert.True(hello.Count >= 3, $"the hello came in {hello.Count} datagrams");

        hello.Reverse();
        Converse(client, hello);

        Assert.True(client.IsConnected);
        Assert.Equal(DtlsEngineState.Connected, _server.State);
    }

    [Fact]
    public void The_peer_s_certificate_is_the_one_it_proved_to_own()   // DTLS4
    {
        using var client = new OpenSslClient();

        Converse(client, client.Step());

        Assert.Equal(client.Certificate.CertificateDer, _server.PeerCertificate.ToArray());
    }

    [Fact]
    public void A_peer_without_certificate_is_refused()   // DTLS4
    {
        using var client = new OpenSslClient(new OpenSslClientSetup { ShowsCertificate = false });

        Converse(client, client.Step());

        Assert.Equal(DtlsEngineState.Failed, _server.State);
        Assert.Equal(DtlsEngineFailure.Protocol, _server.Failure);
    }

    [Fact]
    public void Version_1_0_is_refused()   // DTLS3
    {
        const int dtls10 = 0xFEFF;
        using var client = new OpenSslClient(
            new OpenSslClientSetup { Version = dtls10, Ciphers = "ALL:@SECLEVEL=0" });

        Converse(client, client.Step());

        Assert.False(client.IsConnected);
        Assert.Equal(DtlsEngineState.Failed, _server.State);
    }

    [Fact]
    public void The_extended_master_secret_is_used()   // DTLS3
    {
        using var client = new OpenSslClient();

        Converse(client, client.Step());

        Assert.True(client.UsesExtendedMasterSecret);
    }

    [Fact]
    public void The_first_flight_is_one_datagram_and_none_is_longer_than_the_mtu()   // DTLS5
    {
        using var client = new OpenSslClient();
        foreach (var datagram in client.Step()) { _server.Receive(datagram, s_now); }

        var flight = TakeAll();

        var only = Assert.Single(flight);
        Assert.InRange(only.Length, 400, DtlsTransport.DatagramBytesMax);
    }

    [Fact]
    public void A_lost_flight_is_resent_after_100_ms_by_the_engine_s_own_deadline()   // DTLS5
    {
        using var client = new OpenSslClient();
        foreach (var datagram in client.Step()) { _server.Receive(datagram, s_now); }

        TakeAll();
        Assert.InRange(_server.NextDeadline - s_now, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100));

        var resent = TickUntilSomethingComes();

        foreach (var datagram in resent) { Converse(client, client.Receive(datagram)); }

        Assert.True(client.IsConnected);
    }

    [Fact]
    public void A_lost_last_flight_is_resent_when_the_client_repeats_its_own()   // DTLS8
    {
        using var client = new OpenSslClient();
        foreach (var datagram in client.Step()) { _server.Receive(datagram, s_now); }

        var clientFinish = TakeAll().SelectMany(client.Receive).ToList();
        foreach (var datagram in clientFinish) { _server.Receive(datagram, s_now); }

        TakeAll();   // lost
        Assert.Equal(DtlsEngineState.Connected, _server.State);

        // The client's own clock makes it repeat; a repeat is the same handshake message in a new record.
        var repeated = new List<byte[]>();
        var spin = new SpinWait();
        while (repeated.Count == 0)
        {
            repeated = client.HandleTimeout();
            spin.SpinOnce();
        }

        Converse(client, repeated);

        Assert.True(client.IsConnected);
    }

    [Fact]
    public void A_close_notify_ends_the_association()   // DTLS8
    {
        using var client = Connected();

        Converse(client, client.Close());

        Assert.Equal(DtlsEngineState.ClosedByPeer, _server.State);
    }

    [Fact]
    public void Closing_tells_the_client()   // DTLS8
    {
        using var client = Connected();

        _server.Close();
        foreach (var datagram in TakeAll()) { client.Receive(datagram); }

        Assert.True(client.IsClosedByPeer);
        Assert.Equal(DtlsEngineState.Closed, _server.State);
    }

    [Fact]
    public void Renegotiation_is_refused_and_the_association_lives_on()   // DTLS8
    {
        using var client = Connected();

        Converse(client, client.Renegotiate());

        Assert.False(client.IsConnected);
        Assert.NotEqual(DtlsEngineState.Failed, _server.State);
    }

    [Fact]
    public void Application_data_is_ignored()
    {
        using var client = Connected();

        Converse(client, client.Send("hello"));
        Converse(client, client.Close());

        Assert.Equal(DtlsEngineState.ClosedByPeer, _server.State);
    }

    [Fact]
    public void Broken_records_never_throw_and_never_connect()
    {
        using var client = new OpenSslClient();
        var random = Seeds.Random();
        var hello = client.Step()[0];
        for (var i = 0; i < 2_000; i++)
        {
            using var server = _factory.CreateServer();
            var broken = hello.ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--) { broken[random.Next(broken.Length)] = (byte)random.Next(256); }

            server.Receive(broken.AsSpan(0, random.Next(broken.Length + 1)), s_now);

            Assert.NotEqual(DtlsEngineState.Connected, server.State);
        }
    }

    private OpenSslClient Connected()
    {
        var client = new OpenSslClient();
        Converse(client, client.Step());
        Assert.Equal(DtlsEngineState.Connected, _server.State);
        Assert.True(client.IsConnected);
        return client;
    }

    private void Converse(OpenSslClient client, List<byte[]> toServer)
    {
        var queue = new Queue<byte[]>(toServer);
        for (var steps = 0; queue.TryDequeue(out var datagram) && steps < 100; steps++)
        {
            _server.Receive(datagram, s_now);
            foreach (var answer in TakeAll().SelectMany(client.Receive)) { queue.Enqueue(answer); }
        }
    }

    private List<byte[]> TickUntilSomethingComes()
    {
        var time = s_now;
        var spin = new SpinWait();
        while (true)
        {
            if (_server.NextDeadline > time) { time = _server.NextDeadline; }
            _server.Tick(time);
            if (TakeAll() is { Count: > 0 } sent) { return sent; }

            spin.SpinOnce();
        }
    }

    private List<byte[]> TakeAll()
    {
        var buffer = new byte[DtlsTransport.DatagramBytesMax];
        var taken = new List<byte[]>();
        while (_server.TryTakeDatagram(buffer, out var bytes)) { taken.Add(buffer[..bytes]); }

        return taken;
    }
}
