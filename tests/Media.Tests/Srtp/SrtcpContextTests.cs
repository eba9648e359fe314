using Calls.Media.Datagrams;
using Calls.Media.Srtp;

namespace Calls.Media.Tests.Srtp;

public sealed class SrtcpContextTests
{
    private static readonly byte[] _report = Convert.FromHexString("80c90001cafebabe81ca0002cafebabe01016100");

    public static TheoryData<string> Profiles => SrtpPair.ProfileNames;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Each_packet_has_the_next_index_and_is_opened_once_SRTP8(string profile)
    {
        var pair = SrtpPair.Of(profile);

        for (var index = 1; index <= 3; index++)
        {
            var packet = Seal(pair);
            var wordAt = pair.Profile == SrtpProfile.AeadAes128Gcm ? packet.Length - 4 : packet.Length - 14;

            Assert.Equal($"8000000{index}", Convert.ToHexStringLower(packet.AsSpan(wordAt, 4)));
            Assert.Equal(SrtpFailure.None, Open(pair, packet));
            Assert.Equal(SrtpFailure.Replayed, Open(pair, packet));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_single_bit_changed_is_refused_SRTP9(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var packet = Seal(pair);
        var wrong = new List<int>();

        for (var bit = 0; bit < packet.Length * 8; bit++)
        {
            var changed = packet.ToArray();
            changed[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            if (Open(pair, changed) == SrtpFailure.None)
            {
                wrong.Add(bit);
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(SrtpFailure.None, Open(pair, packet));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_key_that_has_sealed_all_it_may_seals_no_more_SRTP7(string profile)
    {
        var pair = SrtpPair.Of(profile, SrtpLimits.Default with { ControlPacketsMax = 2 });
        Seal(pair);
        Seal(pair);

        Assert.False(pair.ControlSender.TryProtect(_report, new byte[100], out _, out var failure));

        Assert.Equal(SrtpFailure.KeyExhausted, failure);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Sealing_and_opening_allocate_nothing(string profile)
    {
        var pair = SrtpPair.Of(profile);
        var output = new byte[100];
        long before = 0;

        for (var number = 0; number < 2000; number++)
        {
            if (number == 1000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            pair.ControlSender.TryProtect(_report, output, out var length, out _);
            pair.ControlReceiver.TryUnprotect(output.AsSpan(0, length), default, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Seal(SrtpPair pair)
    {
        var output = new byte[100];
        Assert.True(pair.ControlSender.TryProtect(_report, output, out var length, out _));
        return output[..length];
    }

    private static SrtpFailure Open(SrtpPair pair, byte[] packet)
    {
        var copy = packet.ToArray();
        if (pair.ControlReceiver.TryUnprotect(copy, MonotonicTime.Zero, out var length, out var failure))
        {
            Assert.Equal(_report, copy[..length]);
        }

        return failure;
    }
}
