using Calls.Media.Codecs;
using Calls.Media.Datagrams;
using Calls.Media.Peers;

namespace Calls.Media.Tracks;

/// <summary>
/// A voice coming in: what of it may pass (promise 1), and where it was interrupted. Numbers, losses and levels of what is
/// dropped have been taken note of before, so a long mute spoils nothing (row SRTP3).
/// </summary>
public sealed class Publication
{
    private bool _mayPublish;
    private bool _isMuted = true;
    private bool _isInterrupted;
    private uint _stretch;
    private int _silentInRow;

    /// <summary>Packets of it that ended here, by reason.</summary>
    public DropCounts Drops { get; } = new();

    /// <summary>Does it pass at present?</summary>
    public bool Passes => _mayPublish && !_isMuted;

    /// <summary>Packets that came.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of payload that came.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the last packet came.</summary>
    public MonotonicTime? LastPacketAt { get; private set; }

    /// <summary>What it lately held back.</summary>
    internal LookBack LookBack { get; } = new();

    /// <summary>Holds from the very next packet. What was kept from before a mute is never sent.</summary>
    public void Permit(bool mayPublish, bool muted)
    {
        _mayPublish = mayPublish;
        _isMuted = muted;
        if (!Passes) { LookBack.Clear(); }
    }

    /// <summary>Takes note of a packet, and says whether its session may be heard at all.</summary>
    public bool Admits(scoped in VoicePacket packet, MonotonicTime now, out DropReason reason)
    {
        Packets++;
        Bytes += packet.Payload.Length;
        LastPacketAt = now;
        reason = _mayPublish ? DropReason.Muted : DropReason.NotPermitted;
        if (Passes) { return true; }

        Refuse(reason);
        return false;
    }

    /// <summary>A packet ends here, whatever its voice does next.</summary>
    public void Refuse(DropReason reason)
    {
        _isInterrupted = true;
        Drops.Add(reason);
        LookBack.Clear();
    }

    /// <summary>Is it digital silence, of which enough has passed for a decoder to fade out (row VOX6)?</summary>
    public bool IsSilence(scoped in VoicePacket packet)
    {
        if (packet.Level != AudioLevel.Silence)
        {
            _silentInRow = 0;
            return packet.Payload.IsEmpty;      // a probe, not a sound
        }

        return ++_silentInRow > PeerLimits.SilentPacketsPassed;
    }

    /// <summary>
    /// Leaves a packet out, but keeps it for a while in case its voice is heard next. Silence is not worth keeping, and what was
    /// kept before it is of another word.
    /// </summary>
    public void LeaveOut(scoped in VoicePacket packet, DropReason reason, MonotonicTime now)
    {
        if (packet.Payload.IsEmpty || packet.Level == AudioLevel.Silence)
        {
            Refuse(reason);
            return;
        }

        _isInterrupted = true;
        Drops.Add(reason);
        LookBack.Keep(packet, now);
    }

    /// <summary>A packet goes on. True if it is the first after others were left out.</summary>
    public bool Continue(ref VoicePacket packet)
    {
        var resumes = _isInterrupted;
        if (resumes)
        {
            _isInterrupted = false;
            _stretch++;
        }

        packet.Stretch = _stretch;
        return resumes;
    }
}
