using Microsoft.Extensions.Options;

namespace Calls.Grains;

/// <summary>Stops a start with invalid values: one line each, with name, value and what is allowed.</summary>
internal sealed class CallsGrainOptionsCheck : IValidateOptions<CallsGrainOptions>
{
    private static readonly TimeSpan s_waitMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pauseMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_commandMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_waitMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_limitMax = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, CallsGrainOptions options)
    {
        var failures = new List<string>();
        void Check(bool allowed, string option, object? value, string range)
        {
            if (!allowed) { failures.Add($"Calls:{option} is {value ?? "empty"}; allowed: {range}."); }
        }

        Check(Enum.IsDefined(options.Policy.Start), "Policy:Start", options.Policy.Start, "everyone, admins, nobody");
        Check(options.Limits.Participants >= 0, "Limits:Participants", options.Limits.Participants, "0 (no limit) or more");
        Check(options.Limits.SessionsPerUser >= 0, "Limits:SessionsPerUser", options.Limits.SessionsPerUser, "0 (no limit) or more");
        Check(IsLimit(options.Limits.AloneMax), "Limits:AloneMax", options.Limits.AloneMax, "0 (never) to 7.00:00:00");
        Check(IsLimit(options.Limits.MaxDuration), "Limits:MaxDuration", options.Limits.MaxDuration, "0 (never) to 7.00:00:00");
        Check(IsWait(options.Sessions.Grace), "Sessions:Grace", options.Sessions.Grace, "00:00:01 to 00:10:00");
        Check(IsWait(options.Sessions.MediaConnectTimeout), "Sessions:MediaConnectTimeout", options.Sessions.MediaConnectTimeout, "00:00:01 to 00:10:00");
        Check(
            options.Presence.OfflineAfter >= s_pauseMin && options.Presence.OfflineAfter <= s_waitMax,
            "Presence:OfflineAfter",
            options.Presence.OfflineAfter,
            "00:00:00.1 to 00:10:00");
        Check(options.Media.VoiceSlots is >= 1 and <= 8, "Media:VoiceSlots", options.Media.VoiceSlots, "1 to 8");
        Check(
            options.Media.CommandTimeout >= s_pauseMin && options.Media.CommandTimeout <= s_commandMax,
            "Media:CommandTimeout",
            options.Media.CommandTimeout,
            "00:00:00.1 to 00:01:00");
        Check(!string.IsNullOrWhiteSpace(options.Region), "Region", options.Region, "a name such as eu-west");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // A bare number is read as days, so "30" meant as seconds or minutes shall not pass.
    private static bool IsLimit(TimeSpan value) => value >= TimeSpan.Zero && value <= s_limitMax;

    private static bool IsWait(TimeSpan value) => value >= s_waitMin && value <= s_waitMax;
}
