namespace Calls.Grains.Calls;

/// <summary>The operator's figures, as the rules of a call need them. Zero means no limit.</summary>
internal sealed record CallLimits(
    int SessionsMax, int SessionsPerUserMax, TimeSpan AloneMax, TimeSpan DurationMax, TimeSpan Grace, TimeSpan MediaConnectTimeout, int VoiceSlots)
{
    public static CallLimits From(CallsGrainOptions options) => new(
        options.Limits.Participants,
        options.Limits.SessionsPerUser,
        options.Limits.AloneMax,
        options.Limits.MaxDuration,
        options.Sessions.Grace,
        options.Sessions.MediaConnectTimeout,
        options.Media.VoiceSlots);
}
