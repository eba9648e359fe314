using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calls.Media.Srtp;

/// <summary>
/// Session keys from a master key (RFC 3711 §4.3, RFC 7714 §11; row SRTP1): AES in counter mode over the salt and a label, with key
/// derivation rate 0, so once per session. GCM's salt of 12 bytes is padded with zeros on the right.
/// </summary>
internal static class SrtpKeyDerivation
{
    /// <summary>The first of three labels for RTP: encryption, authentication, salt.</summary>
    public const byte RtpLabels = 0;

    /// <summary>The first of three labels for RTCP.</summary>
    public const byte RtcpLabels = 3;

    private const int BlockBytes = 16;
    private const int LabelAt = 7;      // label × 2^48 under a value of 112 bits
    private const int CounterAt = 14;
    private const int AuthenticationKeyBytes = 20;
    private const int LongestBytes = 32; // two blocks: the authentication key's 20 bytes

    /// <summary>Derives one kind's keys and makes its cipher.</summary>
    public static ISrtpCipher CreateCipher(SrtpProfile profile, SrtpMasterKey master, byte labels, ISrtpEngine engine)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentOutOfRangeException.ThrowIfNotEqual(master.Key.Length, SrtpProfile.MasterKeyBytes, nameof(master));
        ArgumentOutOfRangeException.ThrowIfNotEqual(master.Salt.Length, profile.MasterSaltBytes, nameof(master));

        Span<byte> encryption = stackalloc byte[SrtpProfile.MasterKeyBytes];
        Span<byte> authentication = stackalloc byte[profile == SrtpProfile.AeadAes128Gcm ? 0 : AuthenticationKeyBytes];
        Span<byte> salt = stackalloc byte[profile.MasterSaltBytes];
        Derive(master, labels, encryption);
        Derive(master, (byte)(labels + 1), authentication);
        Derive(master, (byte)(labels + 2), salt);
        return engine.Create(profile, new SrtpSessionKeys(encryption, salt, authentication));
    }

    /// <summary>Derives one key, at most 32 bytes long.</summary>
    public static void Derive(SrtpMasterKey master, byte label, Span<byte> output)
    {
        Span<byte> blocks = stackalloc byte[LongestBytes];
        blocks.Clear();
        for (var at = 0; at < LongestBytes; at += BlockBytes)
        {
            master.Salt.CopyTo(blocks[at..]);
            blocks[at + LabelAt] ^= label;
            BinaryPrimitives.WriteUInt16BigEndian(blocks[(at + CounterAt)..], (ushort)(at / BlockBytes));
        }

        using var aes = Aes.Create();
        aes.SetKey(master.Key);
        aes.EncryptEcb(blocks, blocks, PaddingMode.None);
        blocks[..output.Length].CopyTo(output);
    }
}
