using System.Security.Cryptography;
using Calls.Media.Peers;
using Calls.Media.Srtp;
using Calls.MediaNode.Loops;
using Calls.MediaNode.WarmUp;

namespace Calls.MediaNode.Tests.WarmUp;

public sealed class PathWarmUpTests
{
    [Fact]
    public async Task The_synthetic_call_forwards_packets_and_ends_by_itself()
    {
        var warmUp = new PathWarmUp(new IntrinsicsEngine(), new Entropy(), new LoopClock(TimeProvider.System));

        var forwarded = await warmUp.Run(TimeSpan.FromMilliseconds(200), CancellationToken.None);

        // How many depends on how fast the machine is today; that the path was run at all does not.
        Assert.NotEqual(0, forwarded);
    }

    private sealed class Entropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
