using Calls.Media.Codecs;
using Calls.Media.Rtp;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>What is read of a payload without decoding it.</summary>
public sealed class CodecHeadersTarget : IFuzzTarget
{
    private readonly byte[] _output = new byte[100_000];   // more than any input

    public string Name => "codec-headers";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Convert.FromHexString("ef1e0002ef0f00036fa1a2b1b2b3c1c2c3c4"),
    ];

    public long AllocatedBytesMax => 0;

    public void Run(byte[] input)
    {
        if (RedPayload.TryRead(input, out var red))
        {
            var whole = red.Write(red.PrimaryType, int.MaxValue, _output);
            if (whole != input.Length || red.Write(new PayloadType(1), 0, _output) > whole || red.Primary.Length >= input.Length)
            {
                throw new InvalidOperationException("A payload written anew is not of the length it was.");
            }
        }
    }
}
