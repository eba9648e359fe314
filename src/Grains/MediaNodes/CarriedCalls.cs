using Calls.Contracts.MediaNodes;

namespace Calls.Grains.MediaNodes;

/// <summary>The calls that are told how their node is. A call that does not renew is forgotten: it is over or elsewhere.</summary>
internal sealed class CarriedCalls(TimeProvider time)
{
    /// <summary>Calls renew every 30 s; two lost renewals are forgiven.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(75);

    private readonly Dictionary<CallId, (IMediaNodeNews News, long HeardAt)> _calls = [];

    /// <summary>Those that are still heard of.</summary>
    public ImmutableArray<IMediaNodeNews> Present
    {
        get
        {
            Forget();
            return [.. _calls.Values.Select(call => call.News)];
        }
    }

    public void Renew(CallId call, IMediaNodeNews news) => _calls[call] = (news, time.GetTimestamp());

    public void Remove(CallId call) => _calls.Remove(call);

    public void Clear() => _calls.Clear();

    /// <summary>Forgets those that were not heard of for too long.</summary>
    public void Forget()
    {
        foreach (var (id, call) in _calls)
        {
            if (time.GetElapsedTime(call.HeardAt) >= ForgottenAfter) { _calls.Remove(id); }
        }
    }
}
