using System.Net;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Hosts;

/// <summary>Who may use host controls: the host, and system administrators.</summary>
public sealed class AuthorityTests
{
    private static readonly string[] s_controls = ["make", "mute", "mute-others", "ask-unmute", "stop-screen", "lower-hand", "remove", "end"];

    [Fact]
    [Row("S34", "S35", "S5", "D1", "forbidden")]
    public async Task Nobody_but_the_host_has_a_say_not_even_who_administers_the_channel()
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 3, false, 2);
        var outsider = await meeting.Service.As("dave");
        (await meeting.People[1].Post($"channels/{meeting.Channel}/members", new { userId = outsider.Id })).IsDone();
        var before = await meeting.Truth();

        foreach (var control in s_controls)
        {
            foreach (var person in new[] { meeting.People[1], meeting.People[2], outsider })
            {
                (await person.Host(meeting.Host, control, Body(control, meeting[0], meeting.People[2]))).IsRefused(HttpStatusCode.Forbidden, "forbidden");
            }
        }

        foreach (var command in new[] { "end", "mute-all", $"host @{meeting.People[2].Name}" })
        {
            Assert.Contains("may not do this", await meeting.People[1].Hears(meeting.Channel, "/call " + command), StringComparison.Ordinal);
        }

        Assert.Equal(before.ToString(), (await meeting.Truth()).ToString());
    }

    [Theory]
    [InlineData("make")]
    [InlineData("mute")]
    [InlineData("mute-others")]
    [InlineData("ask-unmute")]
    [InlineData("stop-screen")]
    [InlineData("lower-hand")]
    [InlineData("remove")]
    [InlineData("end")]
    [Row("S35", "S5")]
    public async Task An_administrator_need_not_be_in_the_call_nor_in_the_channel(string control)
    {
        await using var meeting = await Meeting.Of(await Services.Shared, 2, false, 1);
        var admin = await meeting.Service.As("admin");

        await meeting.Use(admin, control, Body(control, meeting[1], meeting.People[1]));

        await using var stranger = await admin.Connect();
        Assert.Equal("not_found", await stranger.RefusedJoin(meeting.Channel));
    }

    [Fact]
    [Row("S34", "no_call", "session_gone", "invalid", "unauthenticated", "D5")]
    public async Task Controls_that_aim_at_nothing_say_so()
    {
        var service = await Services.Shared;
        await using var meeting = await Meeting.Of(service, 2);
        var gone = await meeting.Seat(meeting.People[1]);
        await gone.Do("Leave");
        var (host, admin) = (meeting.People[0], await service.As("admin"));

        foreach (var control in new[] { "mute", "ask-unmute", "stop-screen", "lower-hand", "remove" })
        {
            (await host.Host(meeting.Host, control, gone.Self)).IsRefused(HttpStatusCode.NotFound, "session_gone");
            (await host.Host(meeting.Host, control, new { })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        }

        (await host.Host(meeting.Host, "make", new { userId = admin.Id })).IsRefused(HttpStatusCode.Conflict, "not_in_call");
        (await new Anonymous(service).Post($"calls/{meeting.Host.Call}/host/end")).IsRefused(HttpStatusCode.Unauthorized, "unauthenticated");
        (await admin.Post("calls/call_aaaaaaaaaaaaaaaaaaaaaaaaaa/host/end")).IsRefused(HttpStatusCode.NotFound, "no_call");

        // Who cannot see the channel learns nothing of its call.
        (await (await service.NewPerson()).Host(meeting.Host, "end")).IsRefused(HttpStatusCode.NotFound, "no_call");
        await meeting.Use(host, "end");
        (await host.Host(meeting.Host, "end")).IsRefused(HttpStatusCode.NotFound, "no_call");
        Assert.Contains("no live call", await host.Hears(meeting.Channel, "/call mute-all"), StringComparison.Ordinal);
    }

    [Fact]
    [Row("S4", "S5", "D1")]
    public async Task One_to_one_calls_have_the_same_controls_as_all_others()
    {
        var service = await Services.Shared;
        var people = await service.NewPeople(2);
        var channel = await people[0].NewChannel("direct", people[1..]);
        await using var one = await people[0].Join(channel);
        await using var two = await people[1].Join(channel);

        (await people[0].Host(one, "mute", two.Self)).IsDone();
        (await people[0].Host(one, "make", new { userId = people[1].Id })).IsDone();
        (await people[1].Host(one, "end")).IsDone();

        Assert.Equal("ended_by_host", (await one.Hears("call_ended")).GetProperty("reason").GetString());
    }

    private static object? Body(string control, Seat seat, Person user) => control switch
    {
        "make" => new { userId = user.Id },
        "mute-others" or "end" => null,
        _ => seat.Self,
    };
}
