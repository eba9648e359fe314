using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Users;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.SlashCommands;

/// <summary>Slash commands: answered to the asker only, by words or by what their client shall do.</summary>
internal static class SlashCommandsApi
{
    private const int TextMax = 1_024;

    private const string HelpText = """
        /call start [title]: start a call here
        /call join [title]: join the call here, or start one
        /call leave: leave the call here
        /call link: the link that opens this channel and joins
        /call help: this list
        """;

    public static void MapSlashCommands(this IEndpointRouteBuilder api) => api.MapPost("commands", Run);

    private static async Task<IResult> Run(
        CommandRequest request,
        CurrentUser me,
        Access access,
        IWorkspace workspace,
        IGrainFactory grains,
        CallLinks links,
        CancellationToken cancellation)
    {
        if (request.Text.Length > TextMax) { return Problems.Of(Refusal.Invalid, $"A command has at most {TextMax} characters."); }

        var member = await access.Member(request.ChannelId, me, cancellation);
        if (!member.IsAccepted) { return Problems.Of(member.Plain); }

        var command = SlashCommandParser.Parse(request.Text, OpenCall.TitleMax);
        var answer = command switch
        {
            SlashCommand.Start start => await Start(start.Title, mustBeFree: true),
            SlashCommand.Join join => await Start(join.Title, mustBeFree: false),
            SlashCommand.Leave => await Leave(request.ChannelId, me, grains),
            SlashCommand.Link => Say(links.Of(request.ChannelId)),
            SlashCommand.Help => Say(HelpText),
            SlashCommand.Wrong wrong => Say(wrong.Sentence),
            _ => throw new InvalidOperationException($"{command} is no command."),
        };
        GatewayTelemetry.Command("slash " + command.GetType().Name, null);
        return Results.Ok(answer);

        async Task<CommandAnswer> Start(string? title, bool mustBeFree)
        {
            var calls = await grains.GetGrain<IChannelGrain>(request.ChannelId.Value).Look();
            if (mustBeFree && calls.Call is not null) { return Say(Problems.SentenceOf(Refusal.AlreadyLive)); }

            var view = await workspace.Channels.View(request.ChannelId, me.Id, cancellation);
            return WhyNot(view, calls) is { } refusal
                ? Say(Problems.SentenceOf(refusal))
                : new CommandAnswer(null, new CommandAction("join_call", request.ChannelId, calls.Call?.Id, title, request.ThreadId));
        }
    }

    // The grain decides when the client joins; what is known to fail is said at once.
    private static Refusal? WhyNot(ChannelView? view, ChannelCalls calls) => view switch
    {
        null => Refusal.NotAMember,
        { Archived: true } => Refusal.ChannelArchived,
        { PeerDeactivated: true } => Refusal.UserDeactivated,
        _ => calls is { CallsEnabled: false, Call: null } ? Refusal.CallsDisabled : null,
    };

    private static async Task<CommandAnswer> Leave(ChannelId channel, CurrentUser me, IGrainFactory grains)
    {
        var calls = await grains.GetGrain<IUserGrain>(me.Id.Value).CurrentCalls();
        return calls.FirstOrDefault(call => call.ChannelId == channel) is { } mine
            ? new CommandAnswer(null, new CommandAction("leave_call", channel, mine.CallId, null, null))
            : Say("You are not in the call of this channel.");
    }

    private static CommandAnswer Say(string response) => new(response, null);

    private sealed record CommandRequest
    {
        public required ChannelId ChannelId { get; init; }

        public PostId? ThreadId { get; init; }

        public required string Text { get; init; }
    }

    private sealed record CommandAnswer(string? Response, CommandAction? Action);

    private sealed record CommandAction(string Type, ChannelId ChannelId, CallId? CallId, string? Title, PostId? ThreadId);
}
