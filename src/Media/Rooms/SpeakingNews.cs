using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>Who is shown as speaking, and who of them stands out (row VOX10).</summary>
internal sealed class SpeakingNews
{
    private readonly List<Voice> _speaking = [];
    private Voice? _dominant;
    private NewsPace _pace;

    /// <summary>When somebody stops being shown, or a change may be said.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>How often the picture changed.</summary>
    public long Changes { get; private set; }

    /// <summary>Takes a packet of a voice that may be heard.</summary>
    public void Hear(Voice voice, bool active, MonotonicTime now)
    {
        if (voice.Speaking.Hear(active, now))
        {
            _speaking.Add(voice);
            Mark();
            _dominant ??= voice;
        }

        if (active && voice.Speaking.IsSpeaking && _dominant is { } dominant && voice != dominant
            && voice.Scores.IsAheadOf(dominant.Scores, now))
        {
            _dominant = voice;
            Mark();
        }
    }

    /// <summary>The voice is muted or gone.</summary>
    public void Remove(Voice voice)
    {
        if (voice.Speaking.Reset()) { Forget(voice); }
    }

    /// <summary>Lets rings go off. True if the picture is to be said now.</summary>
    public bool Tick(MonotonicTime now, out RoomEvent.Speaking? news)
    {
        news = null;
        if (now < NextDeadline) { return false; }

        for (var i = _speaking.Count - 1; i >= 0; i--)
        {
            if (_speaking[i].Speaking.Tick(now)) { Forget(_speaking[i]); }
        }

        if (_pace.TryTake(now))
        {
            news = new RoomEvent.Speaking([.. _speaking.Select(voice => voice.Session)], _dominant?.Session);
        }

        Schedule();
        return news is not null;
    }

    private void Forget(Voice voice)
    {
        _speaking.Remove(voice);
        if (_dominant == voice) { _dominant = _speaking.Count > 0 ? _speaking[0] : null; }

        Mark();
    }

    private void Mark()
    {
        Changes++;
        _pace.Mark();
        Schedule();
    }

    private void Schedule()
    {
        NextDeadline = _pace.NextDeadline;
        foreach (var voice in _speaking) { NextDeadline = MonotonicTime.Earlier(NextDeadline, voice.Speaking.EndsAt); }
    }
}
