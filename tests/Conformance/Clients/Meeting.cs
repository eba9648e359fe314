using System.Net;
using System.Text.Json;
using Calls.Conformance.Service;

namespace Calls.Conformance.Clients;

/// <summary>A call of some people in a channel of its own; the first is host, the second made the channel and so administers it.</summary>
internal sealed class Meeting : IAsyncDisposable
{
    private static readonly string[] s_names = ["alice", "bob", "carol", "dave"];

    private readonly List<Seat> _seats = [];

    private Meeting(CallsService service, string channel, Person[] people)
    {
        Service = service;
        Channel = channel;
        People = people;
    }

    public CallsService Service { get; }

    public string Channel { get; }

    public Person[] People { get; }

    public Seat Host => _seats[0];

    public IReadOnlyList<Seat> Seats => _seats;

    public Seat this[int place] => _seats[place];

    /// <param name="unmuted">Who of them is unmuted by the time it begins.</param>
    public static async Task<Meeting> Of(CallsService service, int count, bool media = false, params IEnumerable<int> unmuted)
    {
        var people = await Task.WhenAll(s_names.Take(count).Select(service.As));
        var maker = people[Math.Min(1, count - 1)];
        var meeting = new Meeting(service, await maker.NewChannel(people.Where(person => person != maker)), people);
        for (var i = 0; i < count; i++) { await meeting.Seat(people[i], media); }

        foreach (var i in unmuted) { await meeting[i].Do("Unmute"); }

        await EveryView.IsEqual(meeting.Seats);
        return meeting;
    }

    /// <summary>One more session.</summary>
    public async Task<Seat> Seat(Person person, bool media = false)
    {
        // A service that was given may end a session without media after 15 s.
        var seat = media || Services.IsGiven ? await person.JoinWithMedia(Channel) : await person.Join(Channel);
        _seats.Add(seat);
        return seat;
    }

    /// <summary>Uses a host control; it must be done.</summary>
    public async Task Use(Person by, string control, object? body = null)
    {
        var reply = await by.Host(Host, control, body);
        Assert.True(reply.Status == HttpStatusCode.NoContent, $"{by.Name}: {control} was answered {reply.Status} {reply.Text}");
    }

    /// <summary>The number of the call's last event.</summary>
    public async Task<long> Seq() => (await Truth()).GetProperty("seq").GetInt64();

    /// <summary>The call as the service answers it.</summary>
    public async Task<JsonElement> Truth() => (await People[0].Get($"calls/{Host.Call}")).IsDone().Body;

    public async ValueTask DisposeAsync()
    {
        foreach (var seat in _seats) { await seat.DisposeAsync(); }
    }
}
