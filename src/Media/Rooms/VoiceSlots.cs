namespace Calls.Media.Rooms;

/// <summary>
/// The voice slots of a call, and a spare. Everybody gets the same voices in the same slots; only who is in a slot gets
/// the spare there instead, so nobody hears themselves and one picture of the slots serves the whole call.
/// </summary>
/// <param name="count">The number of slots without the spare, 1 to <see cref="CountMax"/>.</param>
public sealed class VoiceSlots(int count)
{
    /// <summary>No client opens more voice lines than this.</summary>
    public const int CountMax = 8;

    private readonly Voice?[] _holders = new Voice?[count + 1];

    /// <summary>The number of slots without the spare.</summary>
    public int Count => count;

    /// <summary>The number that the spare has as a slot.</summary>
    public int SpareSlot => count;

    /// <summary>Who waits in the spare.</summary>
    public Voice? Spare => _holders[SpareSlot];

    /// <summary>How often a place has changed hands.</summary>
    public long Changes { get; private set; }

    /// <summary>Who holds a slot; the spare is <see cref="SpareSlot"/>.</summary>
    public Voice? this[int slot] => _holders[slot];

    /// <summary>The slot a voice holds, <see cref="SpareSlot"/> for the spare, −1 for none.</summary>
    public int SlotOf(Voice voice) => voice.Place(count).Slot;

    /// <summary>Does a voice hold an ordinary slot, so that all others hear it?</summary>
    public bool IsHeardByAll(Voice voice) => (uint)SlotOf(voice) < (uint)count;

    /// <summary>Whom a listener gets in a slot: the holder, or the spare if that is themselves.</summary>
    public Voice? HeardIn(int slot, Voice? listener) =>
        _holders[slot] is { } holder && ReferenceEquals(holder, listener) ? Spare : _holders[slot];

    /// <summary>The free slot a voice would get: its last one if that is free, else the first free one; −1 if none is.</summary>
    internal int FreeSlotFor(Voice voice)
    {
        var last = voice.Place(count).LastSlot;
        if (last >= 0 && _holders[last] is null) { return last; }

        for (var slot = 0; slot < count; slot++)
        {
            if (_holders[slot] is null) { return slot; }
        }

        return VoicePlace.Nowhere;
    }

    /// <summary>Gives a slot or the spare to a voice, which leaves the place it had. The one who had it holds nothing then.</summary>
    internal void Give(int slot, Voice voice)
    {
        Free(voice);
        if (_holders[slot] is { } evicted) { Free(evicted); }

        _holders[slot] = voice;
        ref var place = ref voice.Place(count);
        place.Slot = slot;
        if (slot != SpareSlot) { place.LastSlot = slot; }
        Changes++;
    }

    /// <summary>Takes from a voice what it holds.</summary>
    internal void Free(Voice voice)
    {
        ref var place = ref voice.Place(count);
        if (place.Slot < 0) { return; }

        _holders[place.Slot] = null;
        place.Slot = VoicePlace.Nowhere;
        Changes++;
    }
}
