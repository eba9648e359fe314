using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>What a room's voices know about one session: how it speaks, which slot it holds, and where it listens.</summary>
public sealed class Voice
{
    private readonly VoicePlace[] _places = new VoicePlace[VoiceSlots.CountMax];

    /// <summary>A voice that holds nothing and has said nothing.</summary>
    /// <param name="session">The session it belongs to.</param>
    public Voice(string session)
    {
        Session = session;
        Array.Fill(_places, VoicePlace.None);
    }

    /// <summary>The session it belongs to.</summary>
    public string Session { get; }

    /// <summary>How much it speaks.</summary>
    public VoiceScores Scores { get; } = new();

    /// <summary>Is it shown to people as speaking?</summary>
    public SpeakingDetector Speaking { get; } = new();

    /// <summary>When the present word began, while nothing of it has been sent on.</summary>
    internal MonotonicTime? WordBegan { get; set; }

    /// <summary>Those it listens with; null while it hears nothing.</summary>
    internal Audience? Audience { get; set; }

    /// <summary>Its place among those.</summary>
    internal int ListenerIndex { get; set; }

    /// <summary>Its place among the slots of listeners with that many voice lines.</summary>
    internal ref VoicePlace Place(int slotCount) => ref _places[slotCount - 1];
}
