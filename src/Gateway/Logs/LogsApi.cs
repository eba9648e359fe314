using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Calls.Gateway.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Calls.Gateway.Logs;

/// <summary>Takes a client's log and hands it back as a file from the service's own user, where only its owner reads it (S90).</summary>
internal static class LogsApi
{
    private const string PlainText = "text/plain";

    // A client keeps as much of its log in a ring: hours of a call.
    private const int BytesMax = 1024 * 1024;
    private const int ReadBytes = 64 * 1024;

    public static void MapLogs(this IEndpointRouteBuilder api) => api.MapPost("logs", Upload);

    private static async Task<IResult> Upload(
        HttpContext context, CurrentUser me, RateLimits limits, IWorkspace workspace, TimeProvider time, CancellationToken cancellation)
    {
        if (limits.RefuseLog(me) is { } wait) { return Problems.Of(Refusal.RateLimited, retryAfter: wait); }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals(PlainText, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(Refusal.UnsupportedMedia, $"Send the log as {PlainText}.");
        }

        // Room for what is a little too large: the server answers it in good order, where over its own limit it would cut the connection.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = 2 * BytesMax; }

        using var log = new MemoryStream();
        if (!await Read(context.Request.Body, log, cancellation)) { return Problems.Of(Refusal.TooLarge, $"A log has at most {BytesMax} bytes."); }

        return log.Length == 0 ? Problems.Of(Refusal.Invalid, "The log is empty.") : Replies.Made(await Hand(me.Id, Operation(me.Id, context), log, workspace, time, cancellation));
    }

    private static async Task<Answer<UploadedLog>> Hand(
        UserId owner, string? operation, MemoryStream log, IWorkspace workspace, TimeProvider time, CancellationToken cancellation)
    {
        if (await workspace.Users.FindByName(User.BotName, cancellation) is not { Role: UserRole.Bot } bot)
        {
            return Answer<UploadedLog>.Refuse(Refusal.Unavailable);
        }

        var channel = await workspace.Channels.Create(new NewChannel(ChannelKind.Direct, null, null, [owner]), bot.Id, cancellation);
        if (!channel.IsAccepted) { return Answer<UploadedLog>.Refuse(channel.Refusal!.Value, channel.Detail); }

        var name = time.GetUtcNow().ToString("'calls-log-'yyyy-MM-dd'T'HH-mm-ss'Z.txt'", CultureInfo.InvariantCulture);
        var file = await workspace.Files.Add(bot.Id, name, PlainText, log, operation, cancellation);
        if (!file.IsAccepted) { return Answer<UploadedLog>.Refuse(file.Refusal!.Value, file.Detail); }

        var post = await workspace.Posts.Create(
            new NewPost(
                channel.Value!.Id,
                null,
                bot.Id,
                PostType.Text,
                "The log of your client that you asked for. Only you see it here; give it to whoever looks into the trouble.",
                ImmutableDictionary<string, string>.Empty,
                [file.Value!.Id],
                operation),
            cancellation);
        return post.IsAccepted
            ? new UploadedLog(post.Value!.Id, file.Value.Id, channel.Value.Id)
            : Answer<UploadedLog>.Refuse(post.Refusal!.Value, post.Detail);
    }

    // It is the bot that makes file and post: of its operations this one is the owner's, and as long as one may be.
    private static string? Operation(UserId owner, HttpContext context) => Replies.OperationId(context) is { } key
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Value}/{key}")))
        : null;

    // False when there is more than a log may have.
    private static async Task<bool> Read(Stream body, MemoryStream log, CancellationToken cancellation)
    {
        var buffer = new byte[ReadBytes];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (log.Length + read > BytesMax) { return false; }

            log.Write(buffer, 0, read);
        }

        log.Position = 0;
        return true;
    }

    /// <summary>Where the log is now.</summary>
    private sealed record UploadedLog(PostId PostId, FileId FileId, ChannelId ChannelId);
}
