using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calls.Gateway.SlashCommands;

/// <summary>Slash commands: answered to the asker only, by words or by what their client shall do.</summary>
internal static class SlashCommandsApi
{
    private const int TextMax = 1_024;

    public static void MapSlashCommands(this IEndpointRouteBuilder api) => api.MapPost("commands", Run);

    private static async Task<IResult> Run(
        CommandRequest request, CurrentUser me, Access access, SlashCommandRunner commands, CancellationToken cancellation)
    {
        if (request.Text.Length > TextMax) { return Problems.Of(Refusal.Invalid, $"A command has at most {TextMax} characters."); }

        var member = await access.Member(request.ChannelId, me, cancellation);
        if (!member.IsAccepted) { return Problems.Of(member.Plain); }

        var command = SlashCommandParser.Parse(request.Text, OpenCall.TitleMax);
        var answer = await commands.Run(command, request.ChannelId, request.ThreadId, me, cancellation);
        GatewayTelemetry.Command("slash " + command.GetType().Name, null);
        return Results.Ok(answer);
    }

    private sealed record CommandRequest
    {
        public required ChannelId ChannelId { get; init; }

        public PostId? ThreadId { get; init; }

        public required string Text { get; init; }
    }
}
