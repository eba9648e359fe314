using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>Rows VOX3, VOX4 and VOX5: who holds a slot.</summary>
public sealed class SpeakerSelectionTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly VoiceSlots _slots = new(2);
    private MonotonicTime _now = MonotonicTime.FromMilliseconds(1_000);
    private SpeakerSelection? _selection;

    private SpeakerSelection Selection => _selection ??= new SpeakerSelection(_slots);

    [Fact]
    public void While_there_are_slots_for_all_each_keeps_theirs_silent_or_not()   // VOX5
    {
        var (a, b) = (Add("a"), Add("b"));
        Talk(5_000, a);
        Assert.False(Selection.IsRanking);
        Assert.Equal((0, 1), (_slots.SlotOf(a), _slots.SlotOf(b)));
    }

    [Fact]
    public void One_voice_more_has_the_spare_if_nobody_else_listens()   // VOX5
    {
        Selection.SetOnlyMembersListen(true);
        var (a, b, c) = (Add("a"), Add("b"), Add("c"));
        Assert.False(Selection.IsRanking);
        Assert.Equal(_slots.SpareSlot, _slots.SlotOf(c));
        Assert.Same(c, _slots.HeardIn(0, a));
        Assert.Same(b, _slots.HeardIn(1, a));
        Assert.Same(a, _slots.HeardIn(0, c));
        Selection.SetOnlyMembersListen(false);
        Assert.True(Selection.IsRanking);
    }

    [Fact]
    public void A_mute_frees_the_slot_and_who_waits_gets_it()
    {
        var (a, b, c) = (Add("a"), Add("b"), Add("c"));
        Assert.Equal(-1, _slots.SlotOf(c));
        Selection.Remove(a);
        Assert.Equal(0, _slots.SlotOf(c));
        Assert.Equal(1, _slots.SlotOf(b));
    }

    [Fact]
    public void A_voice_comes_into_a_silent_holders_slot_with_its_second_active_packet()   // VOX4
    {
        var (a, b, c) = (Add("a"), Add("b"), Add("c"));
        Talk(1_000, a, b);
        Talk(2_000, b);
        Talk(20, b, c);
        Assert.NotEqual(0, _slots.SlotOf(c));
        Talk(20, b, c);
        Assert.Equal(0, _slots.SlotOf(c));
        Assert.Equal(_slots.SpareSlot, _slots.SlotOf(a));
    }

    [Fact]
    public void A_pause_between_two_sentences_costs_no_slot()   // VOX3: SlotHold
    {
        var (a, b, c) = (Add("a"), Add("b"), Add("c"));
        Talk(5_000, a, b);
        for (var sentence = 0; sentence < 5; sentence++)
        {
            Talk(300, b, c);            // c coughs into a's pauses
            Talk(900, a, b);
        }

        Assert.Equal(0, _slots.SlotOf(a));
    }

    [Fact]
    public void A_challenger_must_be_ahead_for_a_while()   // VOX2, VOX3
    {
        var (a, b, c) = (Add("a"), Add("b"), Add("c"));
        Talk(6_000, a, b);
        var changes = _slots.Changes;
        var cameAt = -1;
        for (var ms = 0; ms < 10_000 && cameAt < 0; ms += 20)
        {
            Step((a, 45), (b, 25), (c, 20));
            if (_slots.IsHeardByAll(c)) { cameAt = ms; }
        }

        Assert.InRange(cameAt, 300, 6_000);
        Assert.Equal(1, _slots.SlotOf(b));
        Assert.True(_slots.Changes > changes);
    }

    [Fact]
    public void Equal_voices_never_alternate()   // VOX3
    {
        var voices = new[] { Add("a"), Add("b"), Add("c"), Add("d") };
        var random = Seeds.Random(output.WriteLine);
        Talk(1_000, voices);
        var changes = _slots.Changes;
        for (var ms = 0; ms < 60_000; ms += 20)
        {
            Step([.. voices.Select(voice => (voice, 28 + random.Next(6)))]);
        }

        Assert.Equal(changes, _slots.Changes);
    }

    [Fact]
    public void A_returning_voice_gets_its_last_slot_if_that_is_free()   // VOX3
    {
        var (a, b) = (Add("a"), Add("b"));
        Selection.Remove(a);
        Selection.Remove(b);
        Selection.Add(b);
        Selection.Add(a);
        Assert.Equal((0, 1), (_slots.SlotOf(a), _slots.SlotOf(b)));
    }

    [Fact]
    public void No_history_leaves_two_in_one_slot_or_one_in_two()
    {
        var random = Seeds.Random(output.WriteLine);
        var voices = Enumerable.Range(0, 6).Select(number => new Voice($"v{number}")).ToList();
        for (var step = 0; step < 20_000; step++)
        {
            var voice = voices[random.Next(voices.Count)];
            switch (random.Next(30))
            {
                case 0: Selection.Add(voice); break;
                case 1: Selection.Remove(voice); break;
                case 2: Selection.SetOnlyMembersListen(random.Next(2) == 0); break;
                default: Step((voice, random.Next(20, 100))); break;
            }

            for (var slot = 0; slot <= _slots.SpareSlot; slot++)
            {
                if (_slots[slot] is { } holder) { Assert.Equal(slot, _slots.SlotOf(holder)); }
            }

            Assert.All(voices, other => Assert.True(_slots.SlotOf(other) < 0 || Selection.Has(other)));
            Assert.All(voices, other => Assert.True(_slots.SlotOf(other) < 0 || _slots[_slots.SlotOf(other)] == other));
        }
    }

    private Voice Add(string name)
    {
        var voice = new Voice(name);
        Selection.Add(voice);
        return voice;
    }

    private void Talk(int milliseconds, params Voice[] voices)
    {
        for (var ms = 0; ms < milliseconds; ms += 20)
        {
            Step([.. voices.Select(voice => (voice, 30 + (ms / 20 % 4)))]);
        }
    }

    private void Step(params (Voice Voice, int Level)[] packets)
    {
        _now += Frame;
        foreach (var (voice, level) in packets)
        {
            voice.Scores.Hear(level, 80, _now);
            if (voice.Scores.IsActive) { Selection.Consider(voice, _now); }
        }
    }
}
