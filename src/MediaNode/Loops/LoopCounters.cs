using Calls.Media.Tracks;

namespace Calls.MediaNode.Loops;

/// <summary>What one loop counts beside its rooms. Written by the loop alone; who reads from elsewhere may be a turn behind.</summary>
internal sealed class LoopCounters
{
    /// <summary>The rooms' counts: packets, bytes, drops.</summary>
    public MediaCounters Media { get; } = new();

    public long Turns { get; set; }

    /// <summary>Turns that found nothing to do. A rising number is a busy loop.</summary>
    public long EmptyTurns { get; set; }

    /// <summary>Time spent working, not waiting.</summary>
    public TimeSpan Busy { get; set; }

    /// <summary>How long turns took that had something to do.</summary>
    public TransitTimes Transit { get; } = new();

    public long DatagramsReceived { get; set; }

    /// <summary>Calls to the system that brought any.</summary>
    public long Receives { get; set; }

    public long BytesReceived { get; set; }

    /// <summary>Datagrams given to the loop that owns their session.</summary>
    public long Handovers { get; set; }

    public long HandoversRefused { get; set; }

    public long HandshakesRefused { get; set; }

    public long TooBig { get; set; }

    /// <summary>Checks for nobody, and what is no STUN from unknown addresses.</summary>
    public long UnknownSources { get; set; }

    /// <summary>Exceptions that ended a session.</summary>
    public long Faults { get; set; }

    public int Sessions { get; set; }

    public int Rooms { get; set; }
}
