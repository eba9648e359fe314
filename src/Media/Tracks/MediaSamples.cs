namespace Calls.Media.Tracks;

/// <summary>What a single measurement is of.</summary>
public enum MediaSampleKind : byte
{
    /// <summary>Seconds from a voice's first sound, held back until then, to its being sent on (row VOX4).</summary>
    VoiceOnset,

    /// <summary>Share of a voice's packets lost on the way here, by our own count, since the last report.</summary>
    LossIn,

    /// <summary>Share of a slot's packets lost on the way to a client, by its report.</summary>
    LossOut,

    /// <summary>Seconds by which a voice's packets vary in transit on the way here.</summary>
    JitterIn,

    /// <summary>Seconds by which a slot's packets vary in transit, by the client's report.</summary>
    JitterOut,

    /// <summary>Seconds to a client and back, from its report.</summary>
    RoundTrip,
}

/// <summary>One measurement: seconds, or a share of 1.</summary>
public readonly record struct MediaSample(MediaSampleKind Kind, double Value);

/// <summary>
/// Measurements of one thread on their way to histograms, which are not the core's business: the owner takes them after each
/// turn. None is made for a packet that just passes.
/// </summary>
public sealed class MediaSamples
{
    /// <summary>What one turn can make: a full batch of reports with three blocks each. More is left out; they are samples.</summary>
    public const int Capacity = 1_024;

    private readonly MediaSample[] _samples = new MediaSample[Capacity];
    private int _count;

    /// <summary>What was measured since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<MediaSample> All => _samples.AsSpan(0, _count);

    /// <summary>Forgets them.</summary>
    public void Clear() => _count = 0;

    internal void Add(MediaSampleKind kind, double value)
    {
        if (_count < Capacity) { _samples[_count++] = new MediaSample(kind, value); }
    }

    internal void Add(MediaSampleKind kind, TimeSpan value) => Add(kind, value.TotalSeconds);
}
