using Calls.Media.Datagrams;
using Calls.Media.Srtp;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>Protected packets of both kinds and both profiles. Nothing but what was sealed may be opened.</summary>
public sealed class SrtpTarget : IFuzzTarget
{
    private static readonly byte[] _rtpHeader = Convert.FromHexString("906f12340000006400000001bede000110850000");
    private static readonly byte[] _report = Convert.FromHexString("80c90001cafebabe81ca0002cafebabe01016100");

    private readonly List<SrtpContext> _rtp = [];
    private readonly List<SrtcpContext> _rtcp = [];
    private readonly byte[] _copy = new byte[100_000];   // more than any input

    public SrtpTarget()
    {
        var seeds = new List<byte[]>();
        foreach (var profile in new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 })
        {
            var output = new byte[128];
            _rtp.Add(Rtp(profile));
            _rtcp.Add(Rtcp(profile));
            Check(Rtp(profile).TryProtect(_rtpHeader, _report, output, out var length, out _));
            seeds.Add(output[..length]);
            Check(Rtcp(profile).TryProtect(_report, output, out length, out _));
            seeds.Add(output[..length]);
        }

        Seeds = seeds;
    }

    public string Name => "srtp";

    public IReadOnlyList<byte[]> Seeds { get; }

    public long AllocatedBytesMax => 0;

    public void Run(byte[] input)
    {
        var copy = _copy.AsSpan(0, input.Length);
        for (var profile = 0; profile < _rtp.Count; profile++)
        {
            input.CopyTo(copy);
            var opened = _rtp[profile].TryUnprotect(copy, MonotonicTime.Zero, out _, out _);
            Check(opened || copy.SequenceEqual(input));

            input.CopyTo(copy);
            opened |= _rtcp[profile].TryUnprotect(copy, MonotonicTime.Zero, out _, out _);
            Check(!opened || WasSealed(input));
        }
    }

    private bool WasSealed(byte[] input) => Seeds.Any(seed => seed.AsSpan().SequenceEqual(input));

    private static SrtpContext Rtp(SrtpProfile profile) =>
        new(profile, new SrtpMasterKey(new byte[16], new byte[profile.MasterSaltBytes]), new IntrinsicsEngine(), SrtpLimits.Default);

    private static SrtcpContext Rtcp(SrtpProfile profile) =>
        new(profile, new SrtpMasterKey(new byte[16], new byte[profile.MasterSaltBytes]), new IntrinsicsEngine(), SrtpLimits.Default);

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A packet that was never sealed was opened, or one that was refused was changed.");
        }
    }
}
