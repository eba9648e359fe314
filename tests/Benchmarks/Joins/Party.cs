namespace Calls.Benchmarks.Joins;

/// <summary>Everybody who takes part: users and channels made by REST, a speaker in each call, and devices that wait for their click.</summary>
internal sealed class Party : IAsyncDisposable
{
    private const int AtOnce = 8; // Enough to keep the program busy; more only queue there.

    private Party(IReadOnlyList<Device> speakers, IReadOnlyList<(Device Device, string Channel)> joiners)
    {
        Speakers = speakers;
        Joiners = joiners;
    }

    public IReadOnlyList<Device> Speakers { get; }

    public IReadOnlyList<(Device Device, string Channel)> Joiners { get; }

    /// <summary>Joiners go round the channels; those of one channel are different users as long as there are enough.</summary>
    public static async Task<Party> Invite(Uri server, StormSettings settings, string password)
    {
        using var admin = await Rest.SignIn(server, "admin", password);
        var users = await Make(settings.Users, i => SignUp(server, admin, $"joiner-{i}", password));
        var speakers = await Make(settings.Calls, i => SignUp(server, admin, $"speaker-{i}", password));
        var seats = Enumerable.Range(0, settings.Joins)
            .Select(join => (Channel: join % settings.Calls, User: (join / settings.Calls + join % settings.Calls * (settings.Joins / settings.Calls)) % settings.Users))
            .ToList();
        var channels = await Make(settings.Calls, i => admin.Make("channels", new
        {
            kind = "private",
            name = $"call-{i}",
            members = seats.Where(seat => seat.Channel == i).Select(seat => users[seat.User].UserId).Append(speakers[i].UserId).Distinct(),
        }));
        var voices = await Make(settings.Calls, async i =>
        {
            var device = await Connect(server, speakers[i].Token);
            await device.JoinAsSpeaker(channels[i]);
            return device;
        });
        var joiners = await Make(settings.Joins, async i => (await Connect(server, users[seats[i].User].Token), channels[seats[i].Channel]));
        return new Party(voices, joiners);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in Speakers.Concat(Joiners.Select(joiner => joiner.Device))) { await device.DisposeAsync(); }
    }

    private static async Task<(string UserId, string Token)> SignUp(Uri server, Rest admin, string username, string password)
    {
        var id = await admin.Make("admin/users", new { username, displayName = username, role = "member", password });
        using var rest = await Rest.SignIn(server, username, password);
        return (id, rest.Token);
    }

    private static async Task<Device> Connect(Uri server, string token)
    {
        var device = new Device(server, token);
        await device.Connect();
        return device;
    }

    private static async Task<T[]> Make<T>(int count, Func<int, Task<T>> make)
    {
        var made = new T[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => made[i] = await make(i));
        return made;
    }
}
