using Calls.Media.Simulation.Fuzz;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Fuzz;

public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names() => [.. FuzzRunner.Targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bad_input_is_a_value(string name)
    {
        var seed = Seeds.For(output.WriteLine);
        var target = FuzzRunner.Targets.Single(target => target.Name == name);

        Assert.Null(FuzzRunner.Run(target, seed, FuzzRunner.Rounds));
    }

    [Fact]
    public void The_runner_finds_a_parser_that_trusts_a_length_and_one_that_hoards()
    {
        Assert.Contains(nameof(IndexOutOfRangeException), FuzzRunner.Run(new Target(input => _ = input[input[0]], 1_000_000), 1, 1_000));
        Assert.Contains("more than 100 B", FuzzRunner.Run(new Target(input => GC.KeepAlive(new byte[input.Length * 100]), 100), 1, 1_000));
    }

    private sealed class Target(Action<byte[]> run, long allocatedBytesMax) : IFuzzTarget
    {
        public string Name => "test";

        public IReadOnlyList<byte[]> Seeds { get; } = [[1, 2, 3, 4]];

        public long AllocatedBytesMax => allocatedBytesMax;

        public void Run(byte[] input) => run(input);
    }
}
