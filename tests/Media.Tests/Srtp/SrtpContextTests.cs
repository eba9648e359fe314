using Calls.Media.Datagrams;
using Calls.Media.Srtp;

namespace Calls.Media.Tests.Srtp;

public sealed class SrtpContextTests
{
    public static TheoryData<string> Profiles => SrtpPair.ProfileNames;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_one_end_seals_the_other_opens_over_three_wraps_SRTP2(string profile)
    {
        var pair = SrtpPair.Of(profile);

        for (var number = 65_000; number < 65_000 + (3 * 65_536); number += 97)
        {
            Assert.Equal(SrtpFailure.None, pair.Open(pair.Seal(number)));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_first_sequence_number_just_before_the_wrap_is_opened_and_so_is_the_rest_reordered_SRTP2(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var packets = Enumerable.Range(65_534, 6).Select(number => pair.Seal(number)).ToList();

        foreach (var place in new[] { 0, 3, 1, 2, 5, 4 })
        {
            Assert.Equal(SrtpFailure.None, pair.Open(packets[place]));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_forged_packet_far_ahead_does_not_move_the_rollover_guess_SRTP2(string profile)
    {
        var pair = SrtpPair.Of(profile);
        Assert.Equal(SrtpFailure.None, pair.Open(pair.Seal(65_000)));
        var honest = pair.Seal(65_001);
        var forged = honest.ToArray();
        forged[2] = 0x10;   // sequence 4,329: the guess is one rollover on

        Assert.Equal(SrtpFailure.NotAuthentic, pair.Open(forged));
        Assert.Equal(SrtpFailure.None, pair.Open(honest));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Eleven_minutes_of_packets_opened_while_muted_keep_the_rollover_right_SRTP3(string profile)
    {
        var pair = SrtpPair.Of(profile);
        const int Packets = 11 * 60 * 50;   // at 50 a second: more than half a wrap

        for (var number = 0; number <= Packets; number += 50)
        {
            Assert.Equal(SrtpFailure.None, pair.Open(pair.Seal(40_000 + number)));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_is_opened_once_and_one_older_than_the_window_never_SRTP4(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var packets = Enumerable.Range(0, 1025).Select(number => pair.Seal(number)).ToList();

        Assert.Equal(SrtpFailure.None, pair.Open(packets[1024]));
        Assert.Equal(SrtpFailure.Replayed, pair.Open(packets[1024]));
        Assert.Equal(SrtpFailure.Replayed, pair.Open(packets[0]));
        Assert.Equal(SrtpFailure.None, pair.Open(packets[1]));
        Assert.Equal(SrtpFailure.Replayed, pair.Open(packets[1]));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_from_before_the_streams_first_wrap_is_refused(string profile)
    {
        var pair = SrtpPair.Of(profile);
        Assert.Equal(SrtpFailure.None, pair.Open(pair.Seal(2)));
        var late = SrtpPair.Of(profile).Seal(65_535);

        Assert.Equal(SrtpFailure.Replayed, pair.Open(late));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_single_bit_changed_is_refused_and_the_packet_left_as_it_came_SRTP9(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var packet = pair.Seal(1000);
        var wrong = new List<string>();

        for (var bit = 0; bit < packet.Length * 8; bit++)
        {
            var changed = packet.ToArray();
            changed[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            var before = changed.ToArray();
            if (pair.Receiver.TryUnprotect(changed, default, out var length, out var failure)
                || length != 0
                || failure == SrtpFailure.None
                || !before.AsSpan().SequenceEqual(changed))
            {
                wrong.Add($"bit {bit}: {failure}, length {length}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(SrtpFailure.None, pair.Open(packet));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Forged_streams_take_no_place_and_a_thirty_third_waits_for_an_idle_one_SRTP5(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var other = SrtpPair.Of(profile);   // a context of its own, since a sender keeps its streams
        var tooEarly = MonotonicTime.FromMilliseconds(9_999);
        var idleLongEnough = MonotonicTime.FromMilliseconds(10_000);
        for (var forged = 0u; forged < 100; forged++)
        {
            var packet = pair.Seal((int)forged);
            packet[9] = (byte)forged;
            packet[10] = 1;
            Assert.Equal(SrtpFailure.NotAuthentic, pair.Open(packet));
        }

        for (var ssrc = 1u; ssrc <= 32; ssrc++)
        {
            var at = MonotonicTime.FromMilliseconds(ssrc == 7 ? 0 : 1);
            Assert.Equal(SrtpFailure.None, pair.Open(other.Seal(1, ssrc), at));
        }

        var newcomer = pair.Seal(200);
        Assert.Equal(SrtpFailure.TooManyStreams, pair.Open(newcomer, tooEarly));
        Assert.Equal(SrtpFailure.None, pair.Open(newcomer, idleLongEnough));
        Assert.Equal(SrtpFailure.None, pair.Open(other.Seal(2, 1), idleLongEnough));
        Assert.Equal(SrtpFailure.TooManyStreams, pair.Open(other.Seal(2, 7), idleLongEnough));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_number_is_sealed_once_whatever_the_packet_SRTP6(string profile)
    {
        var pair = SrtpPair.Of(profile);
        pair.Seal(1);
        pair.Seal(1025);

        Assert.False(pair.TrySeal(1025, 0xcafebabe, out _, out var repeated));
        Assert.False(pair.TrySeal(1, 0xcafebabe, out _, out var tooOld));
        Assert.True(pair.TrySeal(1025, 0xcafebabf, out _, out _));

        Assert.Equal(SrtpFailure.NonceReused, repeated);
        Assert.Equal(SrtpFailure.NonceReused, tooOld);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Sent_streams_never_give_way(string profile)
    {
        var pair = SrtpPair.Of(profile, SrtpLimits.Default with { StreamsMax = 2 });
        pair.Seal(1, ssrc: 1);
        pair.Seal(1, ssrc: 2);

        Assert.False(pair.TrySeal(1, 3, out _, out var failure));

        Assert.Equal(SrtpFailure.TooManyStreams, failure);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_key_that_has_sealed_all_it_may_seals_no_more_SRTP7(string profile)
    {
        var pair = SrtpPair.Of(profile, SrtpLimits.Default with { PacketsMax = 2 });
        pair.Seal(1);
        pair.Seal(2, ssrc: 5);

        Assert.False(pair.TrySeal(3, 0xcafebabe, out _, out var failure));

        Assert.Equal(SrtpFailure.KeyExhausted, failure);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Sealing_and_opening_allocate_nothing(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var header = Convert.FromHexString("906f000000000007cafebabebede000110850000");
        var output = new byte[1500];
        long before = 0;

        for (var number = 0; number < 2000; number++)
        {
            if (number == 1000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            header[2] = (byte)(number >> 8);
            header[3] = (byte)number;
            pair.Sender.TryProtect(header, SrtpPair.Payload, output, out var length, out _);
            pair.Receiver.TryUnprotect(output.AsSpan(0, length), default, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_keys_of_a_handshake_are_client_key_server_key_client_salt_server_salt_DTLS7()
    {
        foreach (var profile in new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 })
        {
            var exported = Enumerable.Range(0, profile.KeyingMaterialBytes).Select(value => (byte)value).ToArray();

            SrtpMasterKey.Split(profile, exported, out var client, out var server);

            Assert.Equal(exported[..16], client.Key.ToArray());
            Assert.Equal(exported[16..32], server.Key.ToArray());
            Assert.Equal(exported[32..(32 + profile.MasterSaltBytes)], client.Salt.ToArray());
            Assert.Equal(exported[(32 + profile.MasterSaltBytes)..], server.Salt.ToArray());
        }

        Assert.Equal([56, 60], new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 }.Select(profile => profile.KeyingMaterialBytes));
    }
}
