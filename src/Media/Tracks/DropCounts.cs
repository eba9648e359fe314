using System.Collections.Immutable;

namespace Calls.Media.Tracks;

/// <summary>How many packets ended for each reason.</summary>
public sealed class DropCounts
{
    private readonly long[] _counts = new long[(int)DropReason.NoKeys + 1];

    /// <summary>How many ended for that reason.</summary>
    public long this[DropReason reason] => _counts[(int)reason];

    /// <summary>Counts one.</summary>
    public void Add(DropReason reason) => _counts[(int)reason]++;

    /// <summary>A copy of those above zero.</summary>
    public ImmutableDictionary<DropReason, long> Read()
    {
        var copy = ImmutableDictionary.CreateBuilder<DropReason, long>();
        for (var reason = 0; reason < _counts.Length; reason++)
        {
            if (_counts[reason] > 0) { copy.Add((DropReason)reason, _counts[reason]); }
        }

        return copy.ToImmutable();
    }
}
