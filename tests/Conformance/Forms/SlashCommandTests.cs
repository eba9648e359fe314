using System.Text.Json;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;

namespace Calls.Conformance.Forms;

/// <summary>Slash commands: what is answered, and to whom.</summary>
public sealed class SlashCommandTests
{
    [Fact]
    [Row("5", "S30")]
    public async Task Start_and_join_and_leave_tell_the_client_what_to_do_or_say_why_not()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();

        var start = (await alice.Types(channel, "/call start Weekly plan")).GetProperty("action");
        Assert.Equal(("join_call", "Weekly plan", channel), (start.GetProperty("type").GetString(), start.GetProperty("title").GetString(), start.GetProperty("channelId").GetString()));
        Assert.Contains("not in the call", await alice.Hears(channel, "/call leave"), StringComparison.Ordinal);
        await using var seat = await alice.Join(channel, new { title = start.GetProperty("title").GetString() });
        Assert.Equal("A call is already ongoing, use /call join.", await alice.Hears(channel, "/call start"));
        var join = (await alice.Types(channel, "/call join")).GetProperty("action");
        Assert.Equal(("join_call", seat.Call), (join.GetProperty("type").GetString(), join.GetProperty("callId").GetString()));
        var leave = (await alice.Types(channel, "/call leave")).GetProperty("action");
        Assert.Equal(("leave_call", seat.Call), (leave.GetProperty("type").GetString(), leave.GetProperty("callId").GetString()));
    }

    [Fact]
    [Row("5", "S31")]
    public async Task A_start_in_a_thread_makes_the_call_s_post_a_reply_there()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();
        var thread = (await alice.Post($"channels/{channel}/posts", new { text = "about the plan" })).IsDone().Id;

        var action = (await alice.Types(channel, "/call start", thread)).GetProperty("action");
        await using var seat = await alice.Join(channel, new { threadId = action.GetProperty("threadId").GetString() });

        Assert.Equal(thread, seat.Joined.GetProperty("call").GetProperty("threadId").GetString());
        var replies = (await alice.Get($"posts/{thread}/thread")).Items;
        Assert.Equal(("call", seat.Call), (replies[1].GetProperty("type").GetString(), replies[1].GetProperty("props").GetProperty("callId").GetString()));
        Assert.Equal(thread, replies[1].GetProperty("threadId").GetString());
    }

    [Theory]
    [InlineData("/call")]
    [InlineData("/call dance")]
    [InlineData("/call leave now")]
    [InlineData("/call link please")]
    [InlineData("/call host")]
    [InlineData("/call host @alice @bob")]
    [InlineData("/call end it")]
    [InlineData("/call mute-all @bob")]
    [InlineData("/other")]
    [Row("5")]
    public async Task What_is_no_command_is_answered_in_one_line_by_what_is(string text)
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");

        var answer = await alice.Types(await alice.NewChannel(), text);

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("action").ValueKind);
        Assert.NotEmpty(answer.GetProperty("response").GetString()!);
        Assert.DoesNotContain('\n', answer.GetProperty("response").GetString()!);
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("logs")]
    [Row("5", "S90")]
    public async Task Stats_and_logs_are_what_the_asker_s_client_has(string command)
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();

        var answer = await alice.Types(channel, "/call " + command);

        Assert.Equal(command, answer.GetProperty("action").GetProperty("type").GetString());
        Assert.Empty((await alice.Get($"channels/{channel}/posts")).Items);
    }

    [Fact]
    [Row("5")]
    public async Task Help_lists_the_commands_for_the_asker_alone()
    {
        var service = await Services.Shared;
        var alice = await service.As("alice");
        var channel = await alice.NewChannel();

        var help = await alice.Hears(channel, "/call help");

        foreach (var verb in new[] { "start", "join", "leave", "link", "end", "host", "mute-all", "stats", "logs", "help" }) { Assert.Contains("/call " + verb, help, StringComparison.Ordinal); }

        Assert.Empty((await alice.Get($"channels/{channel}/posts")).Items);
    }
}
