using System.Net;
using System.Text.Json;
using Calls.Conformance.Service;

namespace Calls.Conformance.Clients;

/// <summary>Somebody who is signed in: REST, and as many devices as they like.</summary>
internal sealed class Person(CallsService service, string token, JsonElement user) : Anonymous(service, token)
{
    public string Token { get; } = token;

    public string Id { get; } = user.GetProperty("id").GetString()!;

    public string Name { get; } = user.GetProperty("username").GetString()!;

    /// <summary>A new private channel with these members.</summary>
    public Task<string> NewChannel(params IEnumerable<Person> members) => NewChannel("private", members);

    /// <summary>A new channel of a kind; direct and group channels have no name.</summary>
    public async Task<string> NewChannel(string kind, IEnumerable<Person> members)
    {
        var made = await Post("channels", new
        {
            kind,
            name = kind is "public" or "private" ? "c-" + Guid.NewGuid().ToString("N") : null,
            members = members.Select(member => member.Id),
        });
        return made.IsDone().Id;
    }

    /// <summary>A device with an open hub connection, that hears what its user is told from now on.</summary>
    public async Task<Device> Connect()
    {
        var device = new Device(this);
        await device.Open();
        return device;
    }

    /// <summary>A new device that joins, without media.</summary>
    public async Task<Seat> Join(string channel, object? more = null)
    {
        var device = await Connect();
        return await device.Join(channel, more);
    }

    /// <summary>A new device that joins, with media.</summary>
    public async Task<Seat> JoinWithMedia(string channel, object? more = null)
    {
        var seat = await Join(channel, more);
        await seat.OpenMedia();
        return seat;
    }

    /// <summary>A host control.</summary>
    public Task<Reply> Host(Seat seat, string control, object? body = null) => Post($"calls/{seat.Call}/host/{control}", body);

    /// <summary>A slash command's answer.</summary>
    public async Task<JsonElement> Types(string channel, string text, string? thread = null)
    {
        var reply = await Post("commands", new { channelId = channel, threadId = thread, text });
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply.Body;
    }

    /// <summary>What a slash command says to its asker.</summary>
    public async Task<string> Hears(string channel, string text) => (await Types(channel, text)).GetProperty("response").GetString() ?? "";

    /// <summary>The live call of a channel as REST shows it.</summary>
    public async Task<JsonElement> CallOf(string channel) => (await Get($"channels/{channel}/call")).IsDone().Body.GetProperty("call");
}
