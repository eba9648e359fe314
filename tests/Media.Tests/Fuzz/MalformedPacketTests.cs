using Calls.Media.Simulation.Fuzz;

namespace Calls.Media.Tests.Fuzz;

/// <summary>Every truncation of every good packet, and every byte of it at both extremes: refused or read, never a crash.</summary>
public sealed class MalformedPacketTests
{
    [Theory]
    [InlineData("rtp")]
    [InlineData("rtcp")]
    [InlineData("srtp")]
    [InlineData("codec-headers")]
    public void Truncations_and_extreme_bytes_are_survived(string name)
    {
        var target = FuzzRunner.Targets.Single(target => target.Name == name);
        var failures = new List<string>();

        foreach (var input in target.Seeds.SelectMany(Spoiled))
        {
            if (Record.Exception(() => target.Run(input)) is { } broken)
            {
                failures.Add($"{Convert.ToHexStringLower(input)}: {broken.Message}");
            }
        }

        Assert.Empty(failures);
    }

    private static IEnumerable<byte[]> Spoiled(byte[] good) =>
        Enumerable.Range(0, good.Length).Select(length => good[..length])
            .Concat(Enumerable.Range(0, good.Length).SelectMany(at => new[] { With(good, at, 0x00), With(good, at, 0xff) }));

    private static byte[] With(byte[] good, int at, byte value)
    {
        var changed = good.ToArray();
        changed[at] = value;
        return changed;
    }
}
