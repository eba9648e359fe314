using Microsoft.Extensions.Options;

namespace Calls.Grains;

/// <summary>Stops a start with invalid values: one line each, with name, value and what is allowed.</summary>
internal sealed class CallsGrainOptionsCheck : IValidateOptions<CallsGrainOptions>
{
    private static readonly TimeSpan s_waitMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_waitMax = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, CallsGrainOptions options)
    {
        var failures = new List<string>();
        void Check(bool allowed, string option, object? value, string range)
        {
            if (!allowed) { failures.Add($"Calls:{option} is {value ?? "empty"}; allowed: {range}."); }
        }

        Check(Enum.IsDefined(options.Policy.Start), "Policy:Start", options.Policy.Start, "everyone, admins, nobody");
        Check(options.Limits.Participants >= 0, "Limits:Participants", options.Limits.Participants, "0 (no limit) or more");
        Check(options.Limits.AloneMax >= TimeSpan.Zero, "Limits:AloneMax", options.Limits.AloneMax, "0 (never) or more");
        Check(options.Limits.MaxDuration >= TimeSpan.Zero, "Limits:MaxDuration", options.Limits.MaxDuration, "0 (never) or more");
        Check(IsWait(options.Sessions.Grace), "Sessions:Grace", options.Sessions.Grace, "00:00:01 to 00:10:00");
        Check(IsWait(options.Sessions.MediaConnectTimeout), "Sessions:MediaConnectTimeout", options.Sessions.MediaConnectTimeout, "00:00:01 to 00:10:00");
        Check(options.Media.VoiceSlots is >= 1 and <= 8, "Media:VoiceSlots", options.Media.VoiceSlots, "1 to 8");
        Check(!string.IsNullOrWhiteSpace(options.Region), "Region", options.Region, "a name such as eu-west");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsWait(TimeSpan value) => value >= s_waitMin && value <= s_waitMax;
}
