using Calls.Media.Datagrams;
using Calls.Media.Dtls;

namespace Calls.Media.Tests.Dtls;

public sealed class DtlsTransportTests
{
    private static readonly byte[] Certificate = [0x30, 1, 2, 3];
    private static readonly byte[] AnyDatagram = [22, 254, 253];
    private static readonly MonotonicTime Start = MonotonicTime.FromMilliseconds(1_000);

    [Theory]
    [InlineData(FingerprintAlgorithm.Sha256)]
    [InlineData(FingerprintAlgorithm.Sha384)]
    [InlineData(FingerprintAlgorithm.Sha512)]
    public void Keys_come_out_when_the_certificate_is_the_one_of_the_offer_DTLS4(FingerprintAlgorithm algorithm)
    {
        using var engine = Connecting(Certificate);
        using var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(algorithm, Certificate)]);

        Assert.Equal(DtlsNews.Connected, transport.Receive(AnyDatagram, Start));
        Assert.NotNull(transport.Keys);
        Assert.Equal(DtlsNews.None, transport.Receive(AnyDatagram, Start));
    }

    [Fact]
    public void One_matching_fingerprint_of_several_is_enough_DTLS4()
    {
        using var engine = Connecting(Certificate);
        using var transport = new DtlsTransport(
            engine,
            [CertificateFingerprint.Of(FingerprintAlgorithm.Sha512, [9]), CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);

        Assert.Equal(DtlsNews.Connected, transport.Receive(AnyDatagram, Start));
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 1, 2, 4 })]
    [InlineData(new byte[0])]
    public void No_key_is_exported_for_another_certificate_or_none_DTLS4(byte[] shown)
    {
        using var engine = Connecting(shown);
        using var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);

        Assert.Equal(DtlsNews.FingerprintMismatch, transport.Receive(AnyDatagram, Start));
        Assert.Empty(engine.Exports);
        Assert.Null(transport.Keys);
        Assert.Equal(DtlsNews.None, transport.Receive(AnyDatagram, Start));
    }

    [Theory]
    [InlineData(DtlsSrtpProfile.AeadAes128Gcm, 56, 12)]
    [InlineData(DtlsSrtpProfile.Aes128CmHmacSha1Tag80, 60, 14)]
    public void Exactly_the_profiles_bytes_are_exported_and_split_in_order_DTLS7(DtlsSrtpProfile profile, int bytes, int saltBytes)
    {
        using var engine = Connecting(Certificate);
        engine.SelectedSrtpProfile = profile;
        using var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);

        transport.Receive(AnyDatagram, Start);

        Assert.Equal([bytes], engine.Exports);
        var keys = transport.Keys!;
        Assert.Equal(profile, keys.Profile);
        Assert.Equal(Numbers(0, 16), keys.ClientKey.ToArray());
        Assert.Equal(Numbers(16, 16), keys.ServerKey.ToArray());
        Assert.Equal(Numbers(32, saltBytes), keys.ClientSalt.ToArray());
        Assert.Equal(Numbers(32 + saltBytes, saltBytes), keys.ServerSalt.ToArray());
    }

    [Fact]
    public void Disposing_overwrites_the_keys()
    {
        using var engine = Connecting(Certificate);
        var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);
        transport.Receive(AnyDatagram, Start);

        transport.Dispose();

        Assert.Equal(new byte[16], transport.Keys!.ServerKey.ToArray());
        Assert.True(engine.Disposed);
    }

    [Fact]
    public void No_profile_in_common_is_told_apart_from_other_failures_DTLS6()
    {
        Assert.Equal(DtlsNews.NoSrtpProfile, FailWith(DtlsEngineFailure.NoSrtpProfile));
        Assert.Equal(DtlsNews.Failed, FailWith(DtlsEngineFailure.Protocol));
    }

    [Fact]
    public void A_handshake_that_ends_without_a_profile_yields_no_keys_DTLS6()
    {
        using var engine = Connecting(Certificate);
        engine.SelectedSrtpProfile = DtlsSrtpProfile.None;
        using var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);

        Assert.Equal(DtlsNews.NoSrtpProfile, transport.Receive(AnyDatagram, Start));
        Assert.Null(transport.Keys);
    }

    [Fact]
    public void The_handshake_is_given_up_30_seconds_after_the_peers_first_datagram_DTLS5()
    {
        using var engine = new ScriptedDtlsEngine();
        using var transport = new DtlsTransport(engine, []);
        Assert.Equal(MonotonicTime.Never, transport.NextDeadline);

        transport.Receive(AnyDatagram, Start);
        Assert.Equal(Start + TimeSpan.FromSeconds(30), transport.NextDeadline);
        Assert.Equal(DtlsNews.None, transport.Tick(Start + TimeSpan.FromSeconds(29)));
        Assert.Equal(DtlsNews.Failed, transport.Tick(Start + TimeSpan.FromSeconds(30)));
        Assert.Equal(MonotonicTime.Never, transport.NextDeadline);
    }

    [Fact]
    public void A_connected_transport_is_never_given_up()
    {
        using var engine = Connecting(Certificate);
        using var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);
        transport.Receive(AnyDatagram, Start);

        Assert.Equal(MonotonicTime.Never, transport.NextDeadline);
        Assert.Equal(DtlsNews.None, transport.Tick(Start + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void The_engine_is_ticked_when_its_own_deadline_has_come()
    {
        using var engine = new ScriptedDtlsEngine { NextDeadline = Start + TimeSpan.FromMilliseconds(100) };
        using var transport = new DtlsTransport(engine, []);

        transport.Tick(Start);
        Assert.Equal(0, engine.Ticks);
        transport.Tick(Start + TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, engine.Ticks);
    }

    [Fact]
    public void The_peers_goodbye_ends_the_session_once_DTLS8()
    {
        using var engine = Connecting(Certificate);
        using var transport = new DtlsTransport(engine, [CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate)]);
        transport.Receive(AnyDatagram, Start);

        engine.StateAfterReceive = DtlsEngineState.ClosedByPeer;
        Assert.Equal(DtlsNews.ClosedByPeer, transport.Receive(AnyDatagram, Start));
        Assert.Equal(DtlsNews.None, transport.Receive(AnyDatagram, Start));
        Assert.Equal(MonotonicTime.Never, transport.NextDeadline);
    }

    [Fact]
    public void Our_goodbye_is_a_datagram_like_any_other()
    {
        using var engine = Connecting(Certificate);
        using var transport = new DtlsTransport(engine, []);

        transport.Close();
        Span<byte> into = stackalloc byte[DtlsTransport.DatagramBytesMax];

        Assert.True(transport.TryTakeDatagram(into, out var bytes));
        Assert.Equal(1, bytes);
        Assert.False(transport.TryTakeDatagram(into, out _));
    }

    private static ScriptedDtlsEngine Connecting(byte[] certificate) =>
        new() { Certificate = certificate, StateAfterReceive = DtlsEngineState.Connected };

    private static DtlsNews FailWith(DtlsEngineFailure failure)
    {
        using var engine = new ScriptedDtlsEngine { StateAfterReceive = DtlsEngineState.Failed, Failure = failure };
        using var transport = new DtlsTransport(engine, []);
        return transport.Receive(AnyDatagram, Start);
    }

    private static byte[] Numbers(int first, int count) => [.. Enumerable.Range(first, count).Select(number => (byte)number)];
}
