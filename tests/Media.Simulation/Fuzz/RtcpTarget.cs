using Calls.Media.Rtcp;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>A compound RTCP packet and everything in it.</summary>
public sealed class RtcpTarget : IFuzzTarget
{
    public string Name => "rtcp";

    public IReadOnlyList<byte[]> Seeds { get; } = [Compound(), Convert.FromHexString("a1cb0002cafebabe00000004")];

    public long AllocatedBytesMax => 0;

    public void Run(byte[] input)
    {
        RtcpReader.TryRead(input, reducedSize: false, out _);
        if (!RtcpReader.TryRead(input, reducedSize: true, out var reader))
        {
            return;
        }

        var packets = 0;
        foreach (var packet in reader)
        {
            if (++packets > RtcpReader.PacketsMax)
            {
                throw new InvalidOperationException("More sub-packets than the limit.");
            }

            if (SenderReport.TryRead(packet, out _, out var blocks) || ReceiverReport.TryRead(packet, out _, out blocks))
            {
                for (var number = 0; number < blocks.Count; number++)
                {
                    blocks[number].RoundTrip(new NtpTime(ulong.MaxValue));
                }
            }

            if (Goodbye.TryRead(packet, out var goodbye))
            {
                for (var number = 0; number < goodbye.Count; number++)
                {
                    _ = goodbye[number];
                }
            }
        }
    }

    private static byte[] Compound()
    {
        var output = new byte[256];
        var block = new ReportBlock(1, 2, -3, 4, 5, 6, 7);
        var at = new SenderReport(8, new NtpTime(9), 10, 11, 12).Write(output, [block, block]);
        at += new ReceiverReport(13).Write(output.AsSpan(at), [block]);
        at += SourceDescription.Write(output.AsSpan(at), 14, "voice-0"u8);
        at += Goodbye.Write(output.AsSpan(at), [15, 16]);
        return output[..at];
    }
}
