using Calls.Media.Srtp;

namespace Calls.MediaNode.Srtp;

/// <summary>Ciphers by OpenSSL, for processors that the fast engine does not run on. The results are the same bytes.</summary>
internal sealed class EvpSrtpEngine : ISrtpEngine
{
    /// <inheritdoc/>
    public string Name => "evp";

    /// <inheritdoc/>
    public ISrtpCipher Create(SrtpProfile profile, SrtpSessionKeys keys) => profile == SrtpProfile.AeadAes128Gcm
        ? new EvpGcmCipher(keys)
        : new EvpCounterCipher(keys);
}
