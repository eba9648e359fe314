using System.Runtime.InteropServices;
using Calls.Media.Datagrams;

namespace Calls.Media.Stun;

/// <summary>
/// How many refused checks are answered (row ICE3): enough that a failure can be diagnosed, too few to flood anybody through us.
/// Each source has its own count, so that who guesses, or is broken, costs no other a single answer. What succeeds is not counted.
/// </summary>
/// <param name="perSecond">Refusals that one source gets in a second.</param>
public sealed class RefusalBudget(int perSecond)
{
    /// <summary>
    /// Refusals for one source if nothing else is said. A browser whose checks are refused tries each pair some times a second, and a
    /// whole office may stand behind one address.
    /// </summary>
    public const int PerSecondDefault = 50;

    /// <summary>
    /// Sources that are counted within a second. To reach it takes forged addresses; further ones then wait for the next second, and
    /// who knows a password does not notice.
    /// </summary>
    public const int SourcesMax = 1_024;

    private readonly Dictionary<TransportAddress, int> _sent = new(SourcesMax);
    private long _second;

    /// <summary>Must that source go without a refusal for now? To be asked before one is written.</summary>
    public bool IsUsedUp(in TransportAddress source, MonotonicTime now)
    {
        var second = now.Microseconds / TimeSpan.MicrosecondsPerSecond;
        if (second != _second)
        {
            _second = second;
            _sent.Clear();
        }

        return _sent.TryGetValue(source.Host, out var sent) ? sent >= perSecond : perSecond == 0 || _sent.Count >= SourcesMax;
    }

    /// <summary>May a refusal go to that source? If so, it counts as gone.</summary>
    public bool TryTake(in TransportAddress source, MonotonicTime now)
    {
        if (IsUsedUp(source, now)) { return false; }

        CollectionsMarshal.GetValueRefOrAddDefault(_sent, source.Host, out _)++;
        return true;
    }
}
