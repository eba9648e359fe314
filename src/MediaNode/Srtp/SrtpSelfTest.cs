using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Srtp;

/// <summary>Shows at each start that the engine computes what the standard says: a wrong one would be silence or worse.</summary>
internal static class SrtpSelfTest
{
    // RFC 7714 §16.1.1, its key, salt and packet.
    private const string Key = "000102030405060708090a0b0c0d0e0f";
    private const string Salt = "517569642070726f2071756f";
    private const string Header = "8040f17b8041f8d35501a0b2";
    private const string Text = "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private const string Sealed =
        "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce";

    private const int CounterSaltBytes = 14;
    private const int CounterTagBytes = 10;
    private const int HmacKeyBytes = 20;

    /// <exception cref="MediaNodeStartException">It does not.</exception>
    public static void Run(ISrtpEngine engine)
    {
        if (IsGcmRight(engine) && IsCounterRight(engine)) { return; }

        throw new MediaNodeStartException(
            $"SRTP engine {engine.Name} fails its self-test on this processor; set {MediaNodeOptions.Section}:Srtp:Engine to the other one.");
    }

    private static bool IsGcmRight(ISrtpEngine engine)
    {
        var expected = Convert.FromHexString(Sealed);
        var text = Convert.FromHexString(Text);
        var cipher = engine.Create(
            SrtpProfile.AeadAes128Gcm, new SrtpSessionKeys(Convert.FromHexString(Key), Convert.FromHexString(Salt), default));
        return SealsAndOpens(cipher, text, SrtpProfile.AeadAes128Gcm.TagBytes, out var packet) && packet.AsSpan().SequenceEqual(expected);
    }

    private static bool IsCounterRight(ISrtpEngine engine)
    {
        var keys = new SrtpSessionKeys(Convert.FromHexString(Key), new byte[CounterSaltBytes], new byte[HmacKeyBytes]);
        return SealsAndOpens(engine.Create(SrtpProfile.Aes128CmSha1, keys), new byte[64], CounterTagBytes, out _);
    }

    private static bool SealsAndOpens(ISrtpCipher cipher, byte[] text, int tagBytes, out byte[] packet)
    {
        var header = Convert.FromHexString(Header);
        var ssrc = new Ssrc(0x5501a0b2);
        const long index = 0xf17b;
        packet = new byte[text.Length + tagBytes];
        cipher.Seal(ssrc, index, header, default, text, packet.AsSpan(0, text.Length), packet.AsSpan(text.Length));

        var forged = packet.ToArray();
        forged[^1] ^= 1;
        var opened = packet.ToArray();
        return !cipher.TryOpen(ssrc, index, header, default, forged.AsSpan(0, text.Length), forged.AsSpan(text.Length))
            && cipher.TryOpen(ssrc, index, header, default, opened.AsSpan(0, text.Length), opened.AsSpan(text.Length))
            && opened.AsSpan(0, text.Length).SequenceEqual(text);
    }
}
