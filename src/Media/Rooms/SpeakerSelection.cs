using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>
/// Who holds a slot. While there are slots for all, everybody keeps theirs and nothing is ranked (row VOX5). Else a voice
/// gets in at once where a slot is free or its holder silent (VOX4), and pushes out a speaking holder only by being clearly
/// ahead for a while (VOX3). It is asked only by packets, so silence costs nothing and no timer runs.
/// </summary>
/// <param name="slots">The places it gives out.</param>
public sealed class SpeakerSelection(VoiceSlots slots)
{
    /// <summary>A holder that spoke this recently is not silent: a pause between two sentences costs no slot.</summary>
    public static readonly TimeSpan SlotHold = TimeSpan.FromMilliseconds(1_500);

    /// <summary>How long a challenger must stay ahead of a speaking holder. Two equal voices never get there.</summary>
    public static readonly TimeSpan ChallengeTime = TimeSpan.FromMilliseconds(300);

    private readonly List<Voice> _members = [];
    private bool _onlyMembersListen;

    /// <summary>The places it gives out.</summary>
    public VoiceSlots Slots => slots;

    /// <summary>Are there more voices than places, so that they have to compete?</summary>
    public bool IsRanking => _members.Count > slots.Count && !(_members.Count == slots.Count + 1 && _onlyMembersListen);

    /// <summary>The voices among which it chooses, in the order of their coming.</summary>
    public IReadOnlyList<Voice> Members => _members;

    /// <summary>May this voice get a slot?</summary>
    public bool Has(Voice voice) => voice.Place(slots.Count).IsMember;

    /// <summary>Lets a voice compete; where there is room for all it has a slot from now on.</summary>
    public void Add(Voice voice)
    {
        ref var place = ref voice.Place(slots.Count);
        if (place.IsMember) { return; }

        place.IsMember = true;
        _members.Add(voice);
        Seat();
    }

    /// <summary>A voice is muted or gone: its slot is free at once.</summary>
    public void Remove(Voice voice)
    {
        ref var place = ref voice.Place(slots.Count);
        if (!place.IsMember) { return; }

        place.IsMember = false;
        place.AheadSince = MonotonicTime.Never;
        _members.Remove(voice);
        slots.Free(voice);
        Seat();
    }

    /// <summary>Says whether everybody who listens is also a member: then the spare is as good as a slot (row VOX5).</summary>
    public void SetOnlyMembersListen(bool onlyMembersListen)
    {
        _onlyMembersListen = onlyMembersListen;
        Seat();
    }

    /// <summary>Decides about a voice whose active packet has just been heard.</summary>
    public void Consider(Voice voice, MonotonicTime now)
    {
        ref var place = ref voice.Place(slots.Count);
        if (!IsRanking || !place.IsMember || slots.IsHeardByAll(voice)) { return; }

        var slot = slots.FreeSlotFor(voice);
        if (slot < 0) { slot = SilentSlot(voice, now); }
        if (slot < 0) { slot = LostSlot(voice, ref place, now); }
        if (slot >= 0)
        {
            place.AheadSince = MonotonicTime.Never;
            Promote(voice, slot);
        }
        else if (place.Slot != slots.SpareSlot && MayHaveSpare(voice, now))
        {
            slots.Give(slots.SpareSlot, voice);
        }
    }

    // Where there is room for all, all have a place.
    private void Seat()
    {
        if (IsRanking) { return; }

        foreach (var voice in _members)
        {
            if (slots.IsHeardByAll(voice)) { continue; }

            var slot = slots.FreeSlotFor(voice);
            if (slot >= 0) { slots.Give(slot, voice); }
            else if (slots.Spare is null) { slots.Give(slots.SpareSlot, voice); }
        }
    }

    // The slot whose holder has been silent for longest, if for long enough. A click does not get it.
    private int SilentSlot(Voice voice, MonotonicTime now)
    {
        if (!voice.Scores.HasOnset) { return VoicePlace.Nowhere; }

        var found = VoicePlace.Nowhere;
        var silentSince = now.Microseconds - (SlotHold.Ticks / TimeSpan.TicksPerMicrosecond);
        for (var slot = 0; slot < slots.Count; slot++)
        {
            var spokeAt = slots[slot]!.Scores.LastActiveAt?.Microseconds ?? long.MinValue;
            if (spokeAt >= silentSince) { continue; }

            found = slot;
            silentSince = spokeAt;
        }

        return found;
    }

    // The weakest holder's slot, if the voice has been ahead for long enough.
    private int LostSlot(Voice voice, ref VoicePlace place, MonotonicTime now)
    {
        var weakest = 0;
        for (var slot = 1; slot < slots.Count; slot++)
        {
            if (IsWeaker(slots[slot]!.Scores, slots[weakest]!.Scores, now)) { weakest = slot; }
        }

        if (!voice.Scores.IsAheadOf(slots[weakest]!.Scores, now))
        {
            place.AheadSince = MonotonicTime.Never;
            return VoicePlace.Nowhere;
        }

        if (place.AheadSince == MonotonicTime.Never) { place.AheadSince = now; }
        return now - place.AheadSince >= ChallengeTime ? weakest : VoicePlace.Nowhere;
    }

    private static bool IsWeaker(VoiceScores one, VoiceScores other, MonotonicTime now)
    {
        one.AdvanceTo(now);
        other.AdvanceTo(now);
        return one.IsSteady != other.IsSteady ? one.IsSteady : one.MediumWindow < other.MediumWindow;
    }

    // Who is pushed out waits in the spare, unless somebody waits there who spoke later.
    private void Promote(Voice voice, int slot)
    {
        var evicted = slots[slot];
        slots.Give(slot, voice);
        if (evicted is null) { return; }

        var waiting = slots.Spare?.Scores.LastActiveAt?.Microseconds ?? long.MinValue;
        if ((evicted.Scores.LastActiveAt?.Microseconds ?? long.MinValue) >= waiting) { slots.Give(slots.SpareSlot, evicted); }
    }

    // Only slot holders hear the spare, so it changes hands plainly: free, silent, or clearly behind.
    private bool MayHaveSpare(Voice voice, MonotonicTime now) =>
        slots.Spare is not { } waiting
        || waiting.Scores.LastActiveAt is not { } spokeAt
        || now - spokeAt > SlotHold
        || voice.Scores.IsAheadOf(waiting.Scores, now);
}
