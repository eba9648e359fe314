using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Hosts;
using Calls.Contracts.Ids;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Calls;
using Calls.Gateway.Channels;
using Calls.Gateway.Hosts;

namespace Calls.Gateway.SlashCommands;

/// <summary>Runs a command in a channel. The asker is a member; whether they may do more is decided where the button asks too.</summary>
internal sealed class SlashCommandRunner(IWorkspace workspace, IGrainFactory grains, HostControls controls, CallsSwitch callsSwitch, CallLinks links)
{
    private const string HelpText = """
        /call start [title]: start a call here
        /call join [title]: join the call here, or start one
        /call leave: leave the call here
        /call link: the link that opens this channel and joins
        /call end: end the call for everyone (host)
        /call host @user: make somebody in the call its host (host)
        /call mute-all: mute everybody but yourself (host)
        /call stats: figures of your last call, for a report
        /call logs: your client's log as a file, for a report
        /call help: this list
        """;

    public Task<CommandAnswer> Run(SlashCommand command, ChannelId channel, PostId? thread, CurrentUser me, CancellationToken cancellation) =>
        command switch
        {
            SlashCommand.Start start => Start(channel, thread, start.Title, mustBeFree: true, me, cancellation),
            SlashCommand.Join join => Start(channel, thread, join.Title, mustBeFree: false, me, cancellation),
            SlashCommand.Leave => Leave(channel, me),
            SlashCommand.Link => Said(links.Of(channel)),
            SlashCommand.End => Control(channel, me, new HostControl.End(), "You ended the call for everyone."),
            SlashCommand.Host host => MakeHost(channel, me, host.Username, cancellation),
            SlashCommand.MuteAll => Control(channel, me, new HostControl.MuteOthers(), "Everybody else is muted."),
            SlashCommand.Stats => Task.FromResult(Do("stats", channel)),
            SlashCommand.Logs => Task.FromResult(Do("logs", channel)),
            SlashCommand.Help => Said(HelpText),
            SlashCommand.Wrong wrong => Said(wrong.Sentence),
            _ => throw new InvalidOperationException($"{command} is no command."),
        };

    private async Task<CommandAnswer> Start(
        ChannelId channel, PostId? thread, string? title, bool mustBeFree, CurrentUser me, CancellationToken cancellation)
    {
        var calls = await grains.GetGrain<IChannelGrain>(channel.Value).Look();
        if (mustBeFree && calls.Call is not null) { return Say(Problems.SentenceOf(Refusal.AlreadyLive)); }

        var view = await workspace.Channels.View(channel, me.Id, cancellation);
        return WhyNot(view, calls) is { } sentence
            ? Say(sentence)
            : Do("join_call", channel, calls.Call?.Id, title, thread);
    }

    // The grain decides when the client joins; what is known to fail is said at once.
    private string? WhyNot(ChannelView? view, ChannelCalls calls) => view switch
    {
        null => Problems.SentenceOf(Refusal.NotAMember),
        { Archived: true } => Problems.SentenceOf(Refusal.ChannelArchived),
        { PeerDeactivated: true } => Problems.SentenceOf(Refusal.UserDeactivated),
        _ when calls.Call is not null => null,
        { PeerIsBot: true } => OpenCall.NobodyAnswers,
        _ => callsSwitch.IsOn(calls) ? null : Problems.SentenceOf(Refusal.CallsDisabled),
    };

    private async Task<CommandAnswer> Leave(ChannelId channel, CurrentUser me)
    {
        var calls = await grains.GetGrain<IUserGrain>(me.Id.Value).CurrentCalls();
        return calls.FirstOrDefault(call => call.ChannelId == channel) is { } mine
            ? Do("leave_call", channel, mine.CallId)
            : Say("You are not in the call of this channel.");
    }

    private async Task<CommandAnswer> MakeHost(ChannelId channel, CurrentUser me, string username, CancellationToken cancellation)
    {
        if (await workspace.Users.FindByName(username.ToLowerInvariant(), cancellation) is not { } user)
        {
            return Say($"There is no user @{username}; accepted: /call host @user.");
        }

        return await Control(channel, me, new HostControl.Make(user.Id), $"@{user.Username} is host now.");
    }

    private async Task<CommandAnswer> Control(ChannelId channel, CurrentUser me, HostControl control, string done)
    {
        if ((await grains.GetGrain<IChannelGrain>(channel.Value).Look()).Call is not { } call)
        {
            return Say(Problems.SentenceOf(Refusal.NoCall));
        }

        var answer = await controls.Use(call, me, control);
        return Say(answer.Refusal is { } refusal ? answer.Detail ?? Problems.SentenceOf(refusal) : done);
    }

    private static Task<CommandAnswer> Said(string response) => Task.FromResult(Say(response));

    private static CommandAnswer Say(string response) => new(response, null);

    private static CommandAnswer Do(string type, ChannelId channel, CallId? call = null, string? title = null, PostId? thread = null) =>
        new(null, new CommandAction(type, channel, call, title, thread));
}

/// <summary>What a command is answered, to the asker only.</summary>
/// <param name="Response">Words to show; null where the client is to act.</param>
/// <param name="Action">What the client is to do; null where words are all.</param>
internal sealed record CommandAnswer(string? Response, CommandAction? Action);

/// <summary>What a client shall do for a command.</summary>
/// <param name="Type"><c>join_call</c>, <c>leave_call</c>, <c>stats</c> or <c>logs</c>.</param>
internal sealed record CommandAction(string Type, ChannelId ChannelId, CallId? CallId, string? Title, PostId? ThreadId);
