using System.Diagnostics;
using System.Globalization;
using Calls.Benchmarks.Joins;
using Calls.Support;
using static Calls.Benchmarks.Meetings.MeetingVenue;

namespace Calls.Benchmarks.Meetings;

/// <summary>
/// What the control plane bears: one call of 1,000 sessions that join within 10 s, and 1,000 calls of two. No media flows; each session has
/// its reservation at the node. Options: <c>--program PATH</c>, <c>--users N</c> (250), <c>--sessions N</c> (1000), <c>--calls N</c> (1000),
/// <c>--rates 100</c> joins a second.
/// </summary>
internal sealed class MeetingLoad : IBenchmark
{
    private static readonly TimeSpan s_settleMax = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "meeting-load";

    /// <inheritdoc/>
    public async Task Run(string[] options)
    {
        var settings = new StormSettings(options);
        var sessions = Number(options, "--sessions", 1000);
        var calls = Number(options, "--calls", 1000);
        ThreadPool.SetMinThreads(64, 64);
        Say($"Load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.");
        await using var program = await StartProgram(settings);
        var users = await MakeUsers(program, settings.Users);

        // Once small, so that code and pools are warm.
        await Meet(program, users, "warm-up", seats: 100, callsOf: 100, settings.Rates[0]);
        Say($"## One call of {sessions} sessions of {settings.Users} users, {settings.Rates[0]} joins/s");
        Say((await Meet(program, users, "one", sessions, callsOf: sessions, settings.Rates[0])).ToString());
        Say($"## {calls} calls of two sessions, {settings.Rates[0]} joins/s");
        Say((await Meet(program, users, "two", calls * 2, callsOf: 2, settings.Rates[0])).ToString());
        var complaints = program.Output.Split('\n').Where(line => line.Contains("warn:") || line.Contains("fail:")).Take(20);
        foreach (var line in complaints) { Say(line); }
    }

    private static async Task<MeetingFigures> Meet(CallsProgram program, Rest[] users, string name, int seats, int callsOf, double rate)
    {
        var channels = await Make(seats / callsOf, call => users[call % users.Length].Make("channels", new
        {
            kind = "private",
            name = $"{name}-{call}",
            members = Enumerable.Range(0, Math.Min(callsOf, users.Length)).Select(seat => users[(call + seat) % users.Length].UserId),
        }));
        var memoryBefore = program.MemoryBytes;
        var attendees = await Make(seats, async seat =>
        {
            var attendee = new Attendee();
            await attendee.Connect(program.Address, users[(seat / callsOf + seat % callsOf) % users.Length].Token);
            return attendee;
        });
        using var stop = new CancellationTokenSource();
        var pings = PingAll(attendees, stop.Token);
        var (eventsBefore, cpuBefore, startedAt) = (attendees.Sum(attendee => attendee.Events), program.ProcessorTime, Stopwatch.GetTimestamp());

        var (joins, errors) = await JoinAll(attendees, seat => channels[seat / callsOf], rate);
        var joining = Stopwatch.GetElapsedTime(startedAt);
        await Eventually.Sees(
            "every session of a call to see the same",
            () => attendees.Chunk(callsOf).Count(call => call.Select(attendee => attendee.Sight).Distinct().Count() != 1 || call[0].Sight.Count != callsOf),
            unlike => unlike == 0,
            s_settleMax);
        var settled = Stopwatch.GetElapsedTime(startedAt);
        var (events, cpu, memory) = (attendees.Sum(attendee => attendee.Events) - eventsBefore, program.ProcessorTime - cpuBefore, program.MemoryBytes);

        var callIds = attendees.Chunk(callsOf).Select(call => call[0].CallId).ToList();
        var hosts = await Make(callIds.Count, async call => (await users[call % users.Length].Read($"calls/{callIds[call]}")).GetProperty("hostUserId").GetString());
        await Make(seats, async seat =>
        {
            await attendees[seat].Leave();
            return seat;
        });
        var ended = await Make(callIds.Count, async call => (await users[call % users.Length].Read($"calls/{callIds[call]}")).GetProperty("sessionsMax").GetInt32());

        await stop.CancelAsync();
        await pings;
        var gaps = attendees.Sum(attendee => attendee.Gaps);
        await Make(seats, async seat =>
        {
            await attendees[seat].DisposeAsync();
            return seat;
        });
        return new MeetingFigures(
            joins, errors, joining, settled, events, cpu, (memory - memoryBefore) / seats, gaps,
            hosts.Count(host => host is not null), ended.Count(most => most == callsOf), callIds.Count);
    }

    // Clicks come when they are due, however long the service takes over those before.
    private static async Task<(List<double> Took, int Errors)> JoinAll(Attendee[] attendees, Func<int, string> channelOf, double rate)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var errors = 0;
        var took = new double[attendees.Length];
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var joining = new List<Task>();
        while (joining.Count < attendees.Length)
        {
            var due = (int)(Stopwatch.GetElapsedTime(startedAt).TotalSeconds * rate) + 1;
            while (joining.Count < Math.Min(due, attendees.Length)) { joining.Add(JoinOne(joining.Count)); }

            await beat.WaitForNextTickAsync();
        }

        await Task.WhenAll(joining);
        return ([.. took.Where(time => time > 0)], errors);

        async Task JoinOne(int seat)
        {
            try
            {
                took[seat] = await attendees[seat].Join(channelOf(seat), Stopwatch.GetTimestamp());
            }
            catch (InvalidOperationException refused)
            {
                Interlocked.Increment(ref errors);
                Say(refused.Message);
            }
        }
    }

    private static async Task PingAll(Attendee[] attendees, CancellationToken stop)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(4));
        try
        {
            while (await beat.WaitForNextTickAsync(stop)) { await Task.WhenAll(attendees.Select(attendee => attendee.Ping())); }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The meeting is over.
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
