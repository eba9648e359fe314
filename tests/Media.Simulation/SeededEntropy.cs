using Calls.Media.Peers;

namespace Calls.Media.Simulation;

/// <summary>Entropy that a seed repeats.</summary>
public sealed class SeededEntropy(int seed) : IEntropy
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
}
