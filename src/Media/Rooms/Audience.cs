using Calls.Media.Datagrams;
using Calls.Media.Peers;
using Calls.Media.Tracks;

namespace Calls.Media.Rooms;

/// <summary>
/// The listeners of a room that have the same number of voice lines, and the slots these lines carry. Most rooms have one
/// audience; a phone with a single line is in another, with slots of its own chosen by the same rules.
/// </summary>
internal sealed class Audience(int lineCount)
{
    private Listener[] _listeners = new Listener[4];
    private int _count;
    private long _changesTold;

    /// <summary>How many voice lines each has.</summary>
    public int LineCount => lineCount;

    /// <summary>Who is chosen for these lines.</summary>
    public SpeakerSelection Selection { get; } = new(new VoiceSlots(lineCount));

    public VoiceSlots Slots => Selection.Slots;

    public int Count => _count;

    /// <summary>Holds down how often these listeners are told.</summary>
    public NewsPace Pace;

    /// <summary>A listener's session, for telling it.</summary>
    public Voice this[int index] => _listeners[index].Who;

    public void Add(Voice who, Peer peer)
    {
        if (_count == _listeners.Length) { Array.Resize(ref _listeners, _count * 2); }

        who.Audience = this;
        who.ListenerIndex = _count;
        _listeners[_count++] = new Listener(who, peer.Voices, peer.Route);
    }

    public void Remove(Voice who)
    {
        var last = _listeners[--_count];
        _listeners[who.ListenerIndex] = last;
        last.Who.ListenerIndex = who.ListenerIndex;
        _listeners[_count] = default;
        who.Audience = null;
    }

    /// <summary>A listener has moved to another address.</summary>
    public void Redirect(Voice who, in Route route) => _listeners[who.ListenerIndex].Route = route;

    /// <summary>True once after the slots have changed.</summary>
    public bool TakeChanges(out long count)
    {
        count = Slots.Changes - _changesTold;
        _changesTold = Slots.Changes;
        return count != 0;
    }

    /// <summary>Sends a packet to all who have its voice in a slot, and counts what goes out.</summary>
    public void Forward<TOutput>(
        Voice voice, scoped in VoicePacket packet, MonotonicTime arrivedAt, Eagerness eagerness, ref FanOut sent,
        ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        var slot = Slots.SlotOf(voice);
        if (slot == Slots.SpareSlot)
        {
            ForwardToHolders(packet, arrivedAt, eagerness, ref sent, ref output);
            return;
        }

        if (slot < 0) { return; }

        var onlyIfRoom = eagerness != Eagerness.Must;
        foreach (ref var listener in _listeners.AsSpan(0, _count))
        {
            if (ReferenceEquals(listener.Who, voice)) { continue; }   // nobody hears themselves
            if (eagerness == Eagerness.IfRoomAndUnheard && Slots.IsHeardByAll(listener.Who)) { continue; }

            var line = listener.Lines[slot];
            sent.Add(line.Forward(packet, arrivedAt, onlyIfRoom, listener.Route, ref output), line);
        }
    }

    // The spare is for those whose own voice is in a slot: they hear it there.
    private void ForwardToHolders<TOutput>(
        scoped in VoicePacket packet, MonotonicTime arrivedAt, Eagerness eagerness, ref FanOut sent, ref TOutput output)
        where TOutput : struct, IRoomOutput
    {
        var onlyIfRoom = eagerness != Eagerness.Must;
        for (var slot = 0; slot < lineCount; slot++)
        {
            if (Slots[slot] is not { } holder || holder.Audience != this) { continue; }

            ref var listener = ref _listeners[holder.ListenerIndex];
            var line = listener.Lines[slot];
            sent.Add(line.Forward(packet, arrivedAt, onlyIfRoom, listener.Route, ref output), line);
        }
    }

    private struct Listener(Voice who, Subscription[] lines, Route route)
    {
        public readonly Voice Who = who;
        public readonly Subscription[] Lines = lines;
        public Route Route = route;
    }
}

/// <summary>How much a packet must go out.</summary>
internal enum Eagerness : byte
{
    /// <summary>It must; the line's time is moved on for it if need be.</summary>
    Must,

    /// <summary>Only where the line has time to spare: it is from before its voice was heard.</summary>
    IfRoom,

    /// <summary>And only to those who have not heard it in the spare.</summary>
    IfRoomAndUnheard,
}

/// <summary>What one incoming packet became.</summary>
internal struct FanOut
{
    public long Packets;
    public long Bytes;
    public bool HasExhausted;

    public void Add(int bytes, Subscription line)
    {
        if (bytes == 0)
        {
            HasExhausted |= line.IsExhausted;
            return;
        }

        Bytes += bytes;
        Packets++;
    }
}
