using System.Collections.Immutable;
using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Tracks;

namespace Calls.Media.Rooms;

/// <summary>
/// The voices of a room on their way from one to all: who may be heard is the publication's to say, who is heard the selection's,
/// and each listener's line writes its own packet.
/// </summary>
internal sealed class VoiceStage(int slotCount, MediaCounters counters)
{
    /// <summary>In a call that ranks, a holder that has said nothing for this long sends nothing until it speaks (row VOX6).</summary>
    public static readonly TimeSpan SlotQuiet = TimeSpan.FromSeconds(2);

    // After this long without a sound a new word begins: as long as people are shown to be speaking.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly Audience _main = new(slotCount);
    private readonly List<Audience> _narrow = [];
    private readonly List<Voice> _leaving = [];
    private readonly SpeakingNews _speaking = new();
    private int _listenersOnly;
    private long _speakingChangesCounted;

    /// <summary>When something is to be said.</summary>
    public MonotonicTime NextDeadline
    {
        get
        {
            var next = MonotonicTime.Earlier(_main.Pace.NextDeadline, _speaking.NextDeadline);
            foreach (var audience in _narrow) { next = MonotonicTime.Earlier(next, audience.Pace.NextDeadline); }

            return next;
        }
    }

    /// <summary>Could somebody not be sent the last packet because their key has sealed all it may (row SRTP7)?</summary>
    public bool HasExhausted { get; private set; }

    /// <summary>The slots of listeners with a line for each.</summary>
    public VoiceSlots Slots => _main.Slots;

    /// <summary>A session may be heard from now on.</summary>
    public void AddVoice(Voice voice)
    {
        if (_main.Selection.Has(voice)) { return; }

        CountListenersOnly(voice, speaks: true);
        _main.Selection.Add(voice);
        Spread();
    }

    /// <summary>A session is muted or gone: silent from now on, its slot free, its ring off.</summary>
    public void RemoveVoice(Voice voice)
    {
        if (!_main.Selection.Has(voice)) { return; }

        _main.Selection.Remove(voice);
        CountListenersOnly(voice, speaks: false);
        _speaking.Remove(voice);
        voice.Scores.Reset();
        Spread();
    }

    /// <summary>A session can be sent to: it hears the present voices from the next packet on (row VOX9).</summary>
    public void AddListener(Voice voice, Peer peer)
    {
        if (voice.Audience is not null || peer.Voices.Length == 0) { return; }

        var audience = AudienceOf(Math.Min(peer.Voices.Length, slotCount));
        audience.Add(voice, peer);
        if (audience != _main) { audience.Pace.Mark(); }
        if (!_main.Selection.Has(voice)) { SetListenersOnly(_listenersOnly + 1); }

        Spread();
    }

    /// <summary>A session cannot be sent to any more.</summary>
    public void RemoveListener(Voice voice)
    {
        if (voice.Audience is not { } audience) { return; }

        audience.Remove(voice);
        if (!_main.Selection.Has(voice)) { SetListenersOnly(_listenersOnly - 1); }
        if (audience != _main && audience.Count == 0) { Dismiss(audience); }

        Spread();
    }

    /// <summary>Whom a session hears on one of its lines; null for nobody.</summary>
    public static string? HeardOn(Voice listener, int line) =>
        listener.Audience is { } audience && line < audience.LineCount ? audience.Slots.HeardIn(line, listener)?.Session : null;

    /// <summary>Takes a voice packet and sends it to all who shall hear it.</summary>
    public void Hear<TOutput>(
        Voice voice, Publication publication, ref VoicePacket packet, MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        // 5. Permitted? What is muted ends here, whatever the client does.
        if (!publication.Admits(packet, now, out var reason))
        {
            counters.Drops.Add(reason);
            return;
        }

        // Nor is anybody heard who cannot be sent to: keys may be there before a pair is, and packets come when consent is lost.
        if (!_main.Selection.Has(voice))
        {
            LeaveOut(publication, packet, DropReason.NoSlot, now);
            return;
        }

        // 6. Who is heard, in which slot? Silence ends here too, and what is not heard is kept for a moment.
        var spokeAt = voice.Scores.LastActiveAt;
        voice.Scores.Hear(packet.Level, packet.Payload.Length, now);
        var active = voice.Scores.IsActive;
        if (active && (spokeAt is not { } before || now - before > s_pause)) { voice.WordBegan = now; }

        _speaking.Hear(voice, active, now);
        var slotBefore = Slots.SlotOf(voice);
        if (active) { Consider(voice, now); }

        var slot = Slots.SlotOf(voice);
        if (slot < 0)
        {
            LeaveOut(publication, packet, DropReason.NoSlot, now);
            return;
        }

        if (publication.IsSilence(packet) || IsQuiet(voice, now))
        {
            LeaveOut(publication, packet, DropReason.Silent, now);
            return;
        }

        // 7 to 9. Onto each listener's own line: in Subscription.
        var sent = default(FanOut);
        var resumes = publication.Continue(ref packet);
        var isPromoted = slotBefore == Slots.SpareSlot && slot != Slots.SpareSlot;
        if (resumes || isPromoted) { ForwardKept(voice, publication, packet, isPromoted, now, ref sent, ref output); }

        Forward(voice, packet, now, Eagerness.Must, ref sent, ref output);
        if (slot == Slots.SpareSlot) { publication.LookBack.Keep(packet, now); }

        if (active) { NoteOnset(voice, resumes, now); }
        if (sent.Packets > 0) { counters.VoicesForwarded++; }

        counters.CountOut(TrafficKind.Voice, sent.Packets, sent.Bytes);
        HasExhausted = sent.HasExhausted;
    }

    /// <summary>A listener has moved to another address.</summary>
    public static void Redirect(Voice voice, in Route route) => voice.Audience?.Redirect(voice, route);

    /// <summary>Says what is due.</summary>
    public void Tick<TOutput>(MonotonicTime now, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        if (_speaking.Tick(now, out var speaking)) { output.Emit(speaking!); }

        counters.SpeakingChanges += _speaking.Changes - _speakingChangesCounted;
        _speakingChangesCounted = _speaking.Changes;
        if (_main.Pace.TryTake(now)) { output.Emit(new RoomEvent.Slots(VoicesFor(_main, null), Slots.Spare?.Session)); }

        foreach (var audience in _narrow)
        {
            if (!audience.Pace.TryTake(now)) { continue; }

            for (var i = 0; i < audience.Count; i++)
            {
                output.Emit(new RoomEvent.SessionSlots(audience[i].Session, VoicesFor(audience, audience[i])));
            }
        }
    }

    private static ImmutableArray<string?> VoicesFor(Audience audience, Voice? listener)
    {
        var voices = ImmutableArray.CreateBuilder<string?>(audience.LineCount);
        for (var slot = 0; slot < audience.LineCount; slot++) { voices.Add(audience.Slots.HeardIn(slot, listener)?.Session); }

        return voices.MoveToImmutable();
    }

    private void Consider(Voice voice, MonotonicTime now)
    {
        _main.Selection.Consider(voice, now);
        Spread();
        foreach (var audience in _narrow) { audience.Selection.Consider(voice, now); }

        if (_narrow.Count > 0) { Spread(); }
    }

    // The look-back goes first, but only where the line has time for it: it must not push what follows. Holders have heard a
    // voice that comes from the spare already.
    private void ForwardKept<TOutput>(
        Voice voice, Publication publication, scoped in VoicePacket present, bool isPromoted, MonotonicTime now, ref FanOut sent,
        ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        var eagerness = isPromoted ? Eagerness.IfRoomAndUnheard : Eagerness.IfRoom;
        for (var i = 0; i < publication.LookBack.Count; i++)
        {
            if (publication.LookBack.TryGet(i, present, now, out var kept, out var arrivedAt))
            {
                Forward(voice, kept, arrivedAt, eagerness, ref sent, ref output);
            }
        }

        // From the spare it may still be promoted, and then the rest have not heard it.
        if (Slots.IsHeardByAll(voice)) { publication.LookBack.Clear(); }
    }

    private void Forward<TOutput>(
        Voice voice, scoped in VoicePacket packet, MonotonicTime arrivedAt, Eagerness eagerness, ref FanOut sent, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        _main.Forward(voice, packet, arrivedAt, eagerness, ref sent, ref output);
        foreach (var audience in _narrow) { audience.Forward(voice, packet, arrivedAt, eagerness, ref sent, ref output); }
    }

    // Only what was held back has an onset: while there is a slot for everybody, a word's first packet just passes.
    private void NoteOnset(Voice voice, bool resumes, MonotonicTime now)
    {
        if (voice.WordBegan is not { } began) { return; }

        voice.WordBegan = null;
        if (resumes) { counters.Samples.Add(MediaSampleKind.VoiceOnset, now - began); }
    }

    private void LeaveOut(Publication publication, scoped in VoicePacket packet, DropReason reason, MonotonicTime now)
    {
        counters.Drops.Add(reason);
        publication.LeaveOut(packet, reason, now);
    }

    private bool IsQuiet(Voice voice, MonotonicTime now) =>
        _main.Selection.IsRanking && !voice.Scores.IsActive
        && (voice.Scores.LastActiveAt is not { } spokeAt || now - spokeAt > SlotQuiet);

    // What the main slots decided reaches the narrow ones: their choice is among the chosen.
    private void Spread()
    {
        if (_main.TakeChanges(out var changes))
        {
            counters.SlotSwitches += changes;
            _main.Pace.Mark();
            foreach (var audience in _narrow) { FollowMain(audience); }
        }

        foreach (var audience in _narrow)
        {
            if (audience.TakeChanges(out _)) { audience.Pace.Mark(); }
        }
    }

    private void FollowMain(Audience audience)
    {
        _leaving.Clear();
        foreach (var member in audience.Selection.Members)
        {
            if (!Slots.IsHeardByAll(member)) { _leaving.Add(member); }
        }

        foreach (var member in _leaving) { audience.Selection.Remove(member); }

        for (var slot = 0; slot < slotCount; slot++)
        {
            if (Slots[slot] is { } holder) { audience.Selection.Add(holder); }
        }
    }

    private Audience AudienceOf(int lineCount)
    {
        if (lineCount == slotCount) { return _main; }

        foreach (var audience in _narrow)
        {
            if (audience.LineCount == lineCount) { return audience; }
        }

        var made = new Audience(lineCount);
        _narrow.Add(made);
        FollowMain(made);
        return made;
    }

    private void Dismiss(Audience audience)
    {
        _leaving.Clear();
        _leaving.AddRange(audience.Selection.Members);
        foreach (var member in _leaving) { audience.Selection.Remove(member); }

        _narrow.Remove(audience);
    }

    private void CountListenersOnly(Voice voice, bool speaks)
    {
        if (voice.Audience is not null) { SetListenersOnly(_listenersOnly + (speaks ? -1 : 1)); }
    }

    private void SetListenersOnly(int count)
    {
        _listenersOnly = count;
        _main.Selection.SetOnlyMembersListen(count == 0);
    }
}
