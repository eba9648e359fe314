namespace Calls.Media.Sdp;

/// <summary>What becomes of one line.</summary>
/// <param name="IsRejected">Answered with port 0.</param>
/// <param name="Out">What the client sends on it.</param>
/// <param name="In">What the client receives on it.</param>
/// <param name="Index">Which voice slot, if it receives one.</param>
internal readonly record struct LineAssignment(bool IsRejected, LineRole Out, LineRole In, int Index);

/// <summary>
/// Which line is the microphone, a voice slot, the screen: one rule for every offer, in order of lines.
/// </summary>
internal static class LineRoles
{
    internal static LineAssignment[] Assign(IReadOnlyList<OfferLine> lines, PeerKind kind, int voiceSlots)
    {
        var assigned = new LineAssignment[lines.Count];
        var senders = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var directions = Directions(lines, lines[i]);
            var sends = directions.HasFlag(SdpDirection.SendOnly) ? NextOut(lines[i].Kind, ref senders) : null;
            var receives = directions.HasFlag(SdpDirection.RecvOnly);

            // Rejected: what we do not speak, what is not offered, and sending lines that are one too many.
            var isRejected = !lines[i].IsUsed || (sends == LineRole.None && !receives);
            assigned[i] = new LineAssignment(isRejected, kind == PeerKind.Listener ? LineRole.None : sends ?? LineRole.None, LineRole.None, 0);
        }

        if (kind != PeerKind.Publisher) { AssignReceivers(lines, assigned, voiceSlots); }
        return assigned;
    }

    private static void AssignReceivers(IReadOnlyList<OfferLine> lines, LineAssignment[] assigned, int voiceSlots)
    {
        var receivers = Enumerable.Range(0, lines.Count)
            .Where(i => lines[i].IsUsed && Directions(lines, lines[i]).HasFlag(SdpDirection.RecvOnly))
            .ToList();
        var video = receivers.FindIndex(i => lines[i].Kind == MediaKind.Video);
        var lastAudio = receivers.FindLastIndex(i => lines[i].Kind == MediaKind.Audio);
        var hasEarlierVoice = receivers.FindIndex(i => lines[i].Kind == MediaKind.Audio) < lastAudio;
        var screenAudio = video >= 0 && lastAudio > video && hasEarlierVoice ? lastAudio : -1;

        var slot = 0;
        for (var at = 0; at < receivers.Count; at++)
        {
            ref var line = ref assigned[receivers[at]];
            if (at == video) { line = line with { In = LineRole.ScreenVideoIn }; }
            else if (at == screenAudio) { line = line with { In = LineRole.ScreenAudioIn }; }
            else if (lines[receivers[at]].Kind == MediaKind.Audio && slot < voiceSlots)
            {
                line = line with { In = LineRole.VoiceIn, Index = slot++ };
            }
        }
    }

    /// <summary>The directions that are read into a line: both of sendrecv only if no line of that kind is for receiving alone.</summary>
    private static SdpDirection Directions(IReadOnlyList<OfferLine> lines, OfferLine line)
    {
        if (!line.IsUsed) { return SdpDirection.Inactive; }
        if (line.Direction != SdpDirection.SendRecv) { return line.Direction; }

        var hasReceiver = lines.Any(other => other.IsUsed && other.Kind == line.Kind && other.Direction == SdpDirection.RecvOnly);
        return hasReceiver ? SdpDirection.SendOnly : SdpDirection.SendRecv;
    }

    /// <summary>First audio, first video, second audio; bits of <paramref name="taken"/> say which are gone.</summary>
    private static LineRole? NextOut(MediaKind kind, ref int taken)
    {
        var role = kind switch
        {
            MediaKind.Video => LineRole.ScreenVideoOut,
            _ when (taken & (1 << (int)LineRole.VoiceOut)) == 0 => LineRole.VoiceOut,
            _ => LineRole.ScreenAudioOut,
        };
        if ((taken & (1 << (int)role)) != 0) { return LineRole.None; }

        taken |= 1 << (int)role;
        return role;
    }
}
