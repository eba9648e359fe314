using System.Buffers.Binary;
using Calls.Media.Stun;

namespace Calls.Media.Tests.Stun;

public sealed class MalformedDatagramTests
{
    [Fact]
    public void No_truncation_of_a_message_is_read_ICE1()
    {
        var failures = new List<string>();
        foreach (var vector in StunVectors.All)
        {
            for (var bytes = 0; bytes < vector.Length; bytes++)
            {
                if (StunReader.TryRead(vector.AsSpan(0, bytes), out _)) { failures.Add($"{vector.Length} B cut to {bytes}"); }
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void No_single_bit_of_a_fingerprinted_message_may_change_ICE1()
    {
        var failures = new List<string>();
        foreach (var vector in StunVectors.All)
        {
            for (var bit = 0; bit < vector.Length * 8; bit++)
            {
                var changed = vector.ToArray();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                if (StunReader.TryRead(changed, out var message) && message.HasFingerprint) { failures.Add($"bit {bit}"); }
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void An_attribute_that_reaches_beyond_the_message_is_refused_ICE1()
    {
        var message = Unsigned(StunAttribute.Priority);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(22), 9);

        Assert.False(StunReader.TryRead(message, out _));
    }

    [Fact]
    public void A_length_that_is_not_the_datagrams_is_refused_ICE1()
    {
        var message = Unsigned(StunAttribute.Priority);
        Assert.True(StunReader.TryRead(message, out _));
        Assert.False(StunReader.TryRead([.. message, 0, 0, 0, 0], out _));

        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), 10);
        Assert.False(StunReader.TryRead(message, out _));
    }

    [Fact]
    public void A_wrong_cookie_or_top_bits_are_refused_ICE1()
    {
        foreach (var (at, value) in new[] { (0, (byte)0x40), (0, (byte)0x80), (4, (byte)0) })
        {
            var message = Unsigned(StunAttribute.Priority);
            message[at] = value;
            Assert.False(StunReader.TryRead(message, out _));
        }
    }

    [Fact]
    public void Nothing_may_follow_the_fingerprint_ICE1()
    {
        Span<byte> into = stackalloc byte[128];
        var writer = new StunWriter(into, StunMessageKind.BindingRequest, StunChecks.TransactionId);
        writer.AddFingerprint();
        Assert.True(StunReader.TryRead(into[..writer.Bytes], out _));

        writer.Add(StunAttribute.Priority, [0, 0, 0, 1]);
        Assert.False(StunReader.TryRead(into[..writer.Bytes], out _));
    }

    [Fact]
    public void A_signature_of_another_length_is_refused()
    {
        Span<byte> into = stackalloc byte[128];
        var writer = new StunWriter(into, StunMessageKind.BindingRequest, StunChecks.TransactionId);
        writer.Add(StunAttribute.MessageIntegrity, stackalloc byte[32]);

        Assert.False(StunReader.TryRead(into[..writer.Bytes], out _));
    }

    private static byte[] Unsigned(StunAttribute attribute)
    {
        Span<byte> into = stackalloc byte[64];
        var writer = new StunWriter(into, StunMessageKind.BindingRequest, StunChecks.TransactionId);
        writer.Add(attribute, [0, 0, 0, 0, 0, 0, 0, 1]);
        return into[..writer.Bytes].ToArray();
    }
}
