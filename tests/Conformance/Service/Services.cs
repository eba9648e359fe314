namespace Calls.Conformance.Service;

/// <summary>The services that the suite shares: one for nearly everything, and one whose deadlines are short.</summary>
internal static class Services
{
    public const string BaseUrl = "CALLS_BASE_URL";

    /// <summary>Patience for what a service with default settings does after its grace of 30 s.</summary>
    public static readonly TimeSpan GracePatience = TimeSpan.FromSeconds(75);

    private static readonly Lazy<Task<CallsService>> s_shared = new(() => Start(new()
    {
        // A test may sit in a call without media, and sends more than people do.
        ["sessions:mediaconnecttimeout"] = "00:05:00",
        ["sessions:authcheck"] = "00:00:00.5",

        // While eight programs start at once on two cores, 2 s are not long.
        ["media:commandtimeout"] = "00:00:20",
        ["ratelimits:hubburst"] = "10000",
        ["ratelimits:restburst"] = "10000",
        ["ratelimits:signinperminute"] = "1000",
    }));

    // Rate limits of the defaults (D10); deadlines of the defaults are 30 s and 15 s.
    private static readonly Lazy<Task<CallsService>> s_brisk = new(() => Start(new()
    {
        ["sessions:grace"] = "00:00:03",
        ["sessions:mediaconnecttimeout"] = "00:00:10",
        ["sessions:authcheck"] = "00:00:00.5",
    }));

    private static readonly List<CallsProgram> s_started = [];

    /// <summary>Whether the suite runs against a service that somebody else has started.</summary>
    public static bool IsGiven => Given is not null;

    private static string? Given => Environment.GetEnvironmentVariable(BaseUrl) is { Length: > 0 } given ? given : null;

    public static Task<CallsService> Shared => s_shared.Value;

    /// <summary>Grace and media deadline of a few seconds, and the default limits of rates. A service that was given is as it is.</summary>
    public static Task<CallsService> Brisk => s_brisk.Value;

    private static async Task<CallsService> Start(Dictionary<string, string> settings)
    {
        if (Given is { } url) { return new CallsService(new Uri(url)); }

        var program = await CallsProgram.Start(settings);

        // Whoever runs tests waits for their process only shortly: first all are ended, then swept away.
        lock (s_started)
        {
            if (s_started.Count == 0) { AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll(); }

            s_started.Add(program);
        }

        return program;
    }

    private static void EndAll()
    {
        foreach (var program in s_started) { program.End(); }

        foreach (var program in s_started) { program.Dispose(); }
    }
}
