using Calls.Media.Dtls;
using Calls.Media.Srtp;

namespace Calls.Media.Peers;

/// <summary>What the pure core needs of the world, the same for all sessions of a node.</summary>
/// <param name="Dtls">Makes DTLS associations.</param>
/// <param name="Srtp">Makes ciphers.</param>
/// <param name="Entropy">Makes credentials, SSRCs and first numbers.</param>
public sealed record PeerSeams(IDtlsEngineFactory Dtls, ISrtpEngine Srtp, IEntropy Entropy);
