using System.Diagnostics;
using System.Globalization;
using Calls.Benchmarks.Joins;
using static Calls.Benchmarks.Meetings.MeetingVenue;

namespace Calls.Benchmarks.Meetings;

/// <summary>
/// Whether memory grows with all that comes and goes: devices connect, join, leave and disconnect, half of them in one call and half in
/// calls of two, and after each round the heap is collected and read. Options: <c>--program PATH</c>, <c>--joins N</c> (20000),
/// <c>--rounds N</c> (10), <c>--users N</c> (100).
/// </summary>
internal sealed class MeetingChurn : IBenchmark
{
    private const int DevicesAtOnce = 100;

    /// <inheritdoc/>
    public string Name => "meeting-churn";

    /// <inheritdoc/>
    public async Task Run(string[] options)
    {
        var settings = new StormSettings(options);
        var (joins, rounds) = (Number(options, "--joins", 20_000), Number(options, "--rounds", 10));
        ThreadPool.SetMinThreads(64, 64);
        await using var program = await StartProgram(settings, CollectedHeap.Setting);
        var users = await MakeUsers(program, settings.Users);
        using var heap = new CollectedHeap(program);
        var large = await MakeChannel(users, "large", Enumerable.Range(0, users.Length));
        var small = await Make(DevicesAtOnce / 4, pair => MakeChannel(users, $"small-{pair}", [2 * pair % users.Length, (2 * pair + 1) % users.Length]));

        Console.WriteLine("| joins and leaves | seconds | collected heap, KiB | working set, KiB |");
        Console.WriteLine("| --- | --- | --- | --- |");
        await ComeAndGo(program, users, seat => ChannelOf(seat, large, small));
        await Show(program, heap, DevicesAtOnce, TimeSpan.Zero);
        var done = DevicesAtOnce;
        for (var round = 1; round <= rounds; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            for (; done < joins * round / rounds; done += DevicesAtOnce) { await ComeAndGo(program, users, seat => ChannelOf(seat, large, small)); }

            await Show(program, heap, done, Stopwatch.GetElapsedTime(startedAt));
        }
    }

    private static Task<string> MakeChannel(Rest[] users, string name, IEnumerable<int> members) =>
        users[0].Make("channels", new { kind = "private", name, members = members.Select(member => users[member].UserId) });

    // The second half sits in pairs, next to each other.
    private static string ChannelOf(int seat, string large, string[] small) =>
        seat < DevicesAtOnce / 2 ? large : small[(seat - DevicesAtOnce / 2) / 2];

    private static async Task ComeAndGo(CallsProgram program, Rest[] users, Func<int, string> channelOf)
    {
        var attendees = await Make(DevicesAtOnce, async seat =>
        {
            var attendee = new Attendee();
            await attendee.Connect(program.Address, users[UserOf(seat, users.Length)].Token);
            await attendee.Join(channelOf(seat), Stopwatch.GetTimestamp());
            return attendee;
        });
        await Make(DevicesAtOnce, async seat =>
        {
            await attendees[seat].Leave();
            await attendees[seat].DisposeAsync();
            return seat;
        });
    }

    private static int UserOf(int seat, int users) => (seat < DevicesAtOnce / 2 ? seat : seat - DevicesAtOnce / 2) % users;

    private static async Task Show(CallsProgram program, CollectedHeap heap, int joins, TimeSpan took)
    {
        var (alive, inUse) = (await heap.Read(), program.MemoryBytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {joins} | {took.TotalSeconds:F0} | {alive / 1024} | {inUse / 1024} |"));
    }
}
