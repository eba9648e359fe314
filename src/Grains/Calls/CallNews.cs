using Calls.Contracts.Gateways;

namespace Calls.Grains.Calls;

/// <summary>A call's voice: numbers go out to the participants' gateways and are kept for those who return; counts go to the channel.</summary>
internal sealed class CallNews(TimeProvider time)
{
    /// <summary>Events held for a resume: a busy call of a hundred people makes some 10 a second, and a grace period lasts 30 s.</summary>
    public const int HistoryMax = 500;

    /// <summary>How often the channel's members hear of a changed roster at most.</summary>
    public static readonly TimeSpan RosterPause = TimeSpan.FromSeconds(1);

    private readonly GatewayFanOut _participants = new(time);
    private readonly SortedList<long, News> _history = [];
    private ImmutableArray<GatewaySubscription> _channel = [];
    private long? _rosterToldAt;
    private bool _rosterChanged;

    public void Renew(GatewaySubscription gateway) => _participants.Renew(gateway);

    public void SetChannelGateways(ImmutableArray<GatewaySubscription> gateways) => _channel = gateways;

    /// <summary>Tells what a rule asked to be told.</summary>
    public void Tell(CallState call, CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.Announce(var sequence, var news):
                Keep(new News(new Audience.Participants(call.Id), time.GetUtcNow(), sequence, call.Id, call.Channel, news));
                _participants.Tell(_history[sequence]);
                break;
            case CallEffect.TellAll(var news):
                TellAll(call, news);
                break;
            case CallEffect.AnnounceToChannel(var news):
                TellChannel(call, news);
                break;
            case CallEffect.TellSession(var session, { } gateway, var news):
                _participants.TellOne(gateway, ForSession(call, session, news));
                break;
            case CallEffect.RosterChanged:
                _rosterChanged = true;
                FlushRoster(call);
                break;
        }
    }

    /// <summary>Tells the participants something that is not part of the call's order and not kept.</summary>
    public void TellAll(CallState call, CallEvent news) => _participants.Tell(
        new News(new Audience.Participants(call.Id), time.GetUtcNow(), Seq: null, call.Id, call.Channel, news));

    public void TellSession(CallState call, SessionState session, CallEvent news) =>
        Tell(call, new CallEffect.TellSession(session.Id, session.Gateway, news));

    /// <summary>Tells the channel's members the present count, if it changed and they were not told just now.</summary>
    public void FlushRoster(CallState call)
    {
        if (!_rosterChanged || call.Phase != CallPhase.Live) { return; }

        if (_rosterToldAt is { } toldAt && time.GetElapsedTime(toldAt) < RosterPause) { return; }

        _rosterChanged = false;
        _rosterToldAt = time.GetTimestamp();
        TellChannel(call, new CallEvent.CallUpdated(call.Participants, call.Sessions.Length));
    }

    /// <summary>The events after a number; null when they are no longer held, or the number is none of this call's.</summary>
    public ImmutableArray<News>? Since(long sequence, long latest)
    {
        if (sequence == latest) { return []; }

        return sequence >= 0 && sequence < latest && _history.ContainsKey(sequence + 1)
            ? [.. _history.Values.SkipWhile(news => news.Seq <= sequence)]
            : null;
    }

    private void Keep(News news)
    {
        _history[news.Seq!.Value] = news;
        if (_history.Count > HistoryMax) { _history.RemoveAt(0); }
    }

    private void TellChannel(CallState call, CallEvent news)
    {
        var message = new News(new Audience.Channel(call.Channel), time.GetUtcNow(), Seq: null, call.Id, call.Channel, news);
        foreach (var gateway in _channel) { _ = gateway.Observer.Tell(message); }

        GrainTelemetry.Delivered(_channel.Length);
    }

    private News ForSession(CallState call, SessionId session, CallEvent news) =>
        new(new Audience.Session(session), time.GetUtcNow(), Seq: null, call.Id, call.Channel, news);
}
