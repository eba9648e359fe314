namespace Calls.Grains.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_are_valid()
    {
        Assert.True(new CallsGrainOptionsCheck().Validate(null, new CallsGrainOptions()).Succeeded);
    }

    [Fact]
    public void Every_invalid_value_has_a_line_with_name_value_and_what_is_allowed()
    {
        var options = new CallsGrainOptions { Region = " " };
        options.Policy.Start = (StartPolicy)9;
        options.Limits.Participants = -1;
        options.Limits.SessionsPerUser = -1;
        options.Limits.AloneMax = TimeSpan.FromSeconds(-1);
        options.Limits.MaxDuration = TimeSpan.FromSeconds(-1);
        options.Sessions.Grace = TimeSpan.Zero;
        options.Sessions.MediaConnectTimeout = TimeSpan.FromHours(1);
        options.Media.VoiceSlots = 9;
        options.Media.CommandTimeout = TimeSpan.FromDays(2);

        var failures = new CallsGrainOptionsCheck().Validate(null, options).Failures!.ToArray();

        Assert.Equal(10, failures.Length);
        Assert.Contains("Calls:Media:VoiceSlots is 9; allowed: 1 to 8.", failures);
        Assert.Contains("Calls:Media:CommandTimeout is 2.00:00:00; allowed: 00:00:00.1 to 00:01:00.", failures);
    }
}
