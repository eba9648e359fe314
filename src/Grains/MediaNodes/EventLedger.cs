using Calls.Contracts.MediaNodes;

namespace Calls.Grains.MediaNodes;

/// <summary>
/// Which of a node's numbered events were taken. Kept in memory: after a restart the first batch says where the node is,
/// since a node forgets only what was acknowledged.
/// </summary>
internal sealed class EventLedger
{
    private long? _taken;
    private long? _gapBefore;

    public long Acknowledged => _taken ?? 0;

    /// <summary>Another run begins at 1.</summary>
    public void Begin()
    {
        _taken = 0;
        _gapBefore = null;
    }

    /// <summary>Judges a batch.</summary>
    /// <param name="isLost">Whether the events before it will never come: the node was told of the gap and still begins here.</param>
    public NewNodeEvents Judge(long first, int count, out bool isLost)
    {
        var expected = (_taken ??= first - 1) + 1;
        isLost = first > expected && _gapBefore == first;
        if (first > expected && !isLost)
        {
            _gapBefore = first;
            return new NewNodeEvents(Acknowledged, Skip: 0, HasGap: true);
        }

        if (isLost) { _taken = first - 1; }

        _gapBefore = null;
        return new NewNodeEvents(Acknowledged, (int)Math.Clamp(Acknowledged - first + 1, 0, count), HasGap: false);
    }

    public void Take(long last) => _taken = Math.Max(Acknowledged, last);
}
