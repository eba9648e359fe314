using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Starting;

/// <summary>The link that opens a channel and joins, and archived channels.</summary>
public sealed class LinkTests
{
    [Fact]
    [Row("S13")]
    public async Task The_link_of_a_channel_never_changes_and_is_told_to_the_asker_alone()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        await using var watching = await bob.Connect();

        var before = (await alice.Get($"channels/{channel}/call")).Get("link");
        var seat = await alice.Join(channel);
        var during = await alice.Hears(channel, "/call link");
        await seat.Do("Leave");
        var after = await bob.Hears(channel, "/call link");

        Assert.EndsWith($"/channels/{channel}?join_call=true", before, StringComparison.Ordinal);
        Assert.Equal((before, before), (during, after));
        await watching.HearsOf(seat.Call, "call_ended");
        Assert.DoesNotContain(watching.ToldOf("post_created"), data => data.GetProperty("post").GetProperty("text").GetString()!.Contains(before, StringComparison.Ordinal));
    }

    [Fact]
    [Row("S14", "S16", "S25", "D6", "3.1", "channel_archived")]
    public async Task An_archived_channel_ends_its_call_and_starts_none_until_it_is_un_archived()
    {
        var service = await Services.Shared;
        var (alice, bob) = (await service.As("alice"), await service.As("bob"));
        var channel = await alice.NewChannel(bob);
        var link = (await alice.Get($"channels/{channel}/call")).Get("link");
        await using var seat = await alice.Join(channel);
        await using var watching = await bob.Connect();

        (await alice.Post($"channels/{channel}/archive")).IsDone();

        Assert.Equal("channel_archived", (await seat.Hears("call_ended")).GetProperty("reason").GetString());
        Assert.Equal("channel_archived", (await watching.HearsOf(seat.Call, "call_ended")).GetProperty("reason").GetString());
        Assert.Equal("call_ended", (await seat.Hears("session_ended")).GetProperty("reason").GetString());
        Assert.Equal("channel_archived", await watching.RefusedJoin(channel));
        Assert.Contains("archived", await bob.Hears(channel, "/call start"), StringComparison.Ordinal);
        Assert.Equal("channel_archived", (await bob.Post($"channels/{channel}/posts", new { text = "late" })).Code);
        (await alice.Post($"channels/{channel}/unarchive")).IsDone();
        await using var again = await watching.Join(channel);
        Assert.NotEqual(seat.Call, again.Call);
        Assert.Equal(link, (await bob.Get($"channels/{channel}/call")).Get("link"));
    }
}
