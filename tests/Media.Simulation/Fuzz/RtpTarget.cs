using Calls.Media.Rtp;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>Header, extensions and payload of an RTP packet.</summary>
public sealed class RtpTarget : IFuzzTarget
{
    public string Name => "rtp";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Convert.FromHexString("806f1234000000640badcafe01020304"),
        Convert.FromHexString("926f1234000000640badcafe1111111122222222bede0001108530000102"),
        Convert.FromHexString("b06f1234000000640badcafe100000030101aa0200100208090a0b000102030000000004"),
    ];

    public long AllocatedBytesMax => 0;

    public void Run(byte[] input)
    {
        if (!RtpHeader.TryRead(input, out var header))
        {
            return;
        }

        var elements = 0;
        foreach (var element in header.Extensions)
        {
            if (element.Id == 0 || ++elements > header.Bytes)
            {
                throw new InvalidOperationException("An extension list gave padding, or did not end.");
            }
        }

        header.Extensions.TryFind(1, out _);
        if (header.TryReadPayload(input, out var payload) && header.Bytes + payload.Length > input.Length)
        {
            throw new InvalidOperationException("The payload is longer than its packet.");
        }
    }
}
