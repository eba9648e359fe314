using Calls.Media.Dtls;
using Calls.Media.Srtp;

namespace Calls.Media.Peers;

/// <summary>The four contexts of one session: RTP and RTCP, in and out. We are the DTLS server, so the client's key opens.</summary>
internal sealed class PeerKeys
{
    private PeerKeys(SrtpProfile profile, DtlsKeyingMaterial keys, ISrtpEngine engine, SrtpLimits limits)
    {
        var client = new SrtpMasterKey(keys.ClientKey, keys.ClientSalt);
        var server = new SrtpMasterKey(keys.ServerKey, keys.ServerSalt);
        Profile = profile;
        RtpIn = new SrtpContext(profile, client, engine, limits);
        RtcpIn = new SrtcpContext(profile, client, engine, limits);
        RtpOut = new SrtpContext(profile, server, engine, limits);
        RtcpOut = new SrtcpContext(profile, server, engine, limits);
    }

    public SrtpProfile Profile { get; }

    public SrtpContext RtpIn { get; }

    public SrtcpContext RtcpIn { get; }

    public SrtpContext RtpOut { get; }

    public SrtcpContext RtcpOut { get; }

    /// <summary>Makes the contexts and overwrites the material they come from.</summary>
    public static PeerKeys From(DtlsKeyingMaterial keys, ISrtpEngine engine, SrtpLimits limits)
    {
        var profile = keys.Profile == DtlsSrtpProfile.AeadAes128Gcm ? SrtpProfile.AeadAes128Gcm : SrtpProfile.Aes128CmSha1;
        var made = new PeerKeys(profile, keys, engine, limits);
        keys.Clear();
        return made;
    }
}
