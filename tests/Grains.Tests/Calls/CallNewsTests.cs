using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Grains.Calls;
using Calls.Support;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Calls;

public sealed class CallNewsTests
{
    [Fact]
    public void The_last_five_hundred_events_are_held_for_a_resume()
    {
        var news = new CallNews(new ManualTime());
        var call = Live(Alice);
        var last = CallNews.HistoryMax + 1;
        for (var number = 1; number <= last; number++)
        {
            news.Tell(call, new CallEffect.Announce(number, new CallEvent.Muted(Session(1), null)));
        }

        Assert.Null(news.Since(0, last));
        Assert.Equal(CallNews.HistoryMax, news.Since(1, last)!.Value.Length);
        Assert.Equal(last, Assert.Single(news.Since(last - 1, last)!.Value).Seq);
        Assert.Empty(news.Since(last, last)!.Value);
        Assert.Null(news.Since(last + 1, last));
    }

    [Fact]
    public void Each_session_hears_of_the_slots_as_it_has_lines_for()
    {
        var voices = new VoiceView();
        var call = Live(Alice, Bob, Carol);
        var (wide, narrow) = (call.Sessions[1] with { VoiceSlots = 4 }, call.Sessions[2] with { VoiceSlots = 1 });
        ImmutableArray<SessionId?> held = [Session(1), Session(2), null];

        voices.Take(new NodeEvent.Slots(Noon, Call, held, Spare: Session(3)));
        voices.Take(new NodeEvent.SessionSlots(Noon, Call, narrow.Id, [Session(2)]));

        Assert.Equal([Session(3), Session(2), null], Told(voices, call.Sessions[0]));
        Assert.Equal([Session(1), Session(3), null, null], Told(voices, wide));
        Assert.Equal([Session(2)], Told(voices, narrow));
        Assert.Null(voices.NewsFor(narrow));
    }

    [Fact]
    public void What_the_node_says_of_a_session_that_has_left_is_forgotten()
    {
        var voices = new VoiceView();
        var call = Live(Alice, Bob);
        voices.Take(new NodeEvent.SessionSlots(Noon, Call, Session(1), [Session(2)]));
        voices.Take(new NodeEvent.SessionSlots(Noon, Call, Session(2), [Session(1)]));

        voices.KeepOnly(new HashSet<SessionId> { Session(1) });

        Assert.Equal([Session(2)], Told(voices, call.Sessions[0]));
        Assert.Null(voices.NewsFor(call.Sessions[1]));
    }

    [Fact]
    public void The_same_speakers_again_are_no_news()
    {
        var voices = new VoiceView();
        var speaking = new NodeEvent.Speaking(Noon, Call, [Session(1)], Session(1));

        Assert.True(voices.Take(speaking));
        Assert.False(voices.Take(speaking));
        Assert.True(voices.Take(speaking with { Dominant = null }));
    }

    private static SessionId?[] Told(VoiceView voices, SessionState session) => [.. voices.NewsFor(session)!.Voice];
}
