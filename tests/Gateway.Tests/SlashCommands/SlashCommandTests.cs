using Calls.Gateway.SlashCommands;
using Calls.Gateway.Tests.Host;
using Calls.Support;

namespace Calls.Gateway.Tests.SlashCommands;

public class SlashCommandParserTests
{
    [Fact]
    public void A_command_is_read_whatever_its_letters_and_spaces()
    {
        Assert.Equal(new SlashCommand.Start("stand-up at ten"), SlashCommandParser.Parse("  /Call  START   stand-up at ten ", 128));
        Assert.Equal(new SlashCommand.Join(null), SlashCommandParser.Parse("/call join", 128));
        Assert.Equal(new SlashCommand.Leave(), SlashCommandParser.Parse("/call leave", 128));
        Assert.Equal(new SlashCommand.Link(), SlashCommandParser.Parse("/call\tlink", 128));
    }

    [Theory]
    [InlineData("/call", "takes a subcommand")]
    [InlineData("/call fly", "Unknown subcommand")]
    [InlineData("/calls start", "Unknown command")]
    [InlineData("/call leave now", "takes no argument")]
    [InlineData("/call start abcde", "at most 4 characters")]
    public void Anything_else_is_answered_by_one_line_that_says_what_is_accepted(string text, string part)
    {
        var sentence = Assert.IsType<SlashCommand.Wrong>(SlashCommandParser.Parse(text, titleMax: 4)).Sentence;
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }

    [Fact]
    public void No_text_breaks_the_parser()
    {
        var random = Seeds.Random();
        string[] pieces = ["/call", "/", "start", "join", "leave", " ", "\t", "\u00a0", "\0", "\ud800", "é", "@", "\n", "help", "link", new string('x', 200)];
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (SlashCommandParser.Parse(text, 128) is SlashCommand.Start { Title: { } title }) { Assert.InRange(title.Length, 1, 128); }
        }
    }
}

public sealed class SlashCommandsApiTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task Commands_answer_what_the_client_shall_do_or_why_not()
    {
        var (alice, dave) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "dave"));
        var channel = await alice.NewChannel();
        Task<Reply> Run(string text) => alice.Post("commands", new { channelId = channel, text });

        Assert.EndsWith("?join_call=true", (await Run("/call link")).Get("response"), StringComparison.Ordinal);
        Assert.Contains("not in the call", (await Run("/call leave")).Get("response"), StringComparison.Ordinal);
        var start = (await Run("/call start stand-up")).Body.GetProperty("action");
        Assert.Equal(("join_call", "stand-up"), (start.GetProperty("type").GetString(), start.GetProperty("title").GetString()));

        await using var device = await alice.Connect();
        var joined = await device.Join(channel);
        Assert.Contains("already ongoing", (await Run("/call start")).Get("response"), StringComparison.Ordinal);
        Assert.Equal(joined.Call, (await Run("/call join")).Body.GetProperty("action").GetProperty("callId").GetString());
        Assert.Equal("leave_call", (await Run("/call leave")).Body.GetProperty("action").GetProperty("type").GetString());

        await alice.Post($"channels/{channel}/archive");
        Assert.Contains("archived", (await Run("/call start")).Get("response"), StringComparison.Ordinal);
        (await dave.Post("commands", new { channelId = channel, text = "/call link" })).IsRefused(System.Net.HttpStatusCode.NotFound, "not_found");
    }
}
