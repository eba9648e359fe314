using System.Globalization;
using Calls.Benchmarks.Joins;

namespace Calls.Benchmarks.Meetings;

/// <summary>The service that meetings are held at, and its users.</summary>
internal static class MeetingVenue
{
    private const string DemoPassword = "calls-demo";
    private const int AtOnce = 8;

    // What is measured is the service, not its guard; and nobody brings media.
    private static readonly Dictionary<string, string> s_settings = new()
    {
        ["Calls__RateLimits__SignInPerMinute"] = "10000",
        ["Calls__RateLimits__RestPerSecond"] = "10000",
        ["Calls__RateLimits__RestBurst"] = "100000",
        ["Calls__Sessions__MediaConnectTimeout"] = "00:02:00",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    public static Task<CallsProgram> StartProgram(StormSettings settings, params KeyValuePair<string, string>[] more) =>
        CallsProgram.Start(settings.Program, s_settings.Concat(more).Concat(settings.With));

    public static async Task<Rest[]> MakeUsers(CallsProgram program, int count)
    {
        using var admin = await Rest.SignIn(program.Address, "admin", DemoPassword);
        return await Make(count, async i =>
        {
            await admin.Make("admin/users", new { username = $"guest-{i}", displayName = $"Guest {i}", role = "member", password = DemoPassword });
            return await Rest.SignIn(program.Address, $"guest-{i}", DemoPassword);
        });
    }

    /// <summary>Makes that many, a few at once.</summary>
    public static async Task<T[]> Make<T>(int count, Func<int, Task<T>> make)
    {
        var made = new T[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => made[i] = await make(i));
        return made;
    }

    public static int Number(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
