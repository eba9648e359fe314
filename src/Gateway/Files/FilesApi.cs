using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Calls.Gateway.Files;

/// <summary>Uploads and downloads.</summary>
internal static class FilesApi
{
    private const long FormBytes = 16 * 1024; // What a form needs around its one file.
    private const int BoundaryMax = 128;
    private const string AnyType = "application/octet-stream";

    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapPost("files", Upload);
        api.MapGet("files/{id:file}", Download);
    }

    private static async Task<IResult> Upload(
        HttpContext context, CurrentUser me, IWorkspace workspace, IOptions<GatewayOptions> options, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var form)
            || !form.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(form.Boundary).Value is not { Length: > 0 and <= BoundaryMax } boundary)
        {
            return Problems.Of(Refusal.UnsupportedMedia, "Send the file as multipart/form-data.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.Files.BytesMax + FormBytes;
        }

        // Read as it comes: nothing is kept in memory or twice on disk.
        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body);
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.AsFileSection() is { FileStream: { } content } file)
                {
                    var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
                    return Replies.Made(await workspace.Files.Add(
                        me.Id, name, section.ContentType ?? AnyType, content, Replies.OperationId(context), cancellation));
                }
            }
        }
        catch (Exception malformed) when (malformed is InvalidDataException || (malformed is IOException and not BadHttpRequestException))
        {
            return Problems.Of(Refusal.Invalid, "The form is malformed.");
        }

        return Problems.Of(Refusal.Invalid, "The form has no file.");
    }

    private static async Task<IResult> Download(
        FileId id, HttpContext context, CurrentUser me, IWorkspace workspace, CancellationToken cancellation)
    {
        var file = await workspace.Files.Find(id, cancellation);
        if (file is null || !await MayRead(file, me, workspace, cancellation)) { return Problems.Of(Refusal.NotFound); }

        // Whatever it is, it runs nothing here: not sniffed, in a sandbox, and shown in place only if it is harmless.
        var isShown = IsHarmless(file.Info.ContentType);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "private, max-age=3600";
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Info.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        var content = await workspace.Files.Open(id, cancellation);
        return Results.File(content, isShown ? file.Info.ContentType : AnyType, enableRangeProcessing: true);
    }

    private static async Task<bool> MayRead(StoredFile file, CurrentUser me, IWorkspace workspace, CancellationToken cancellation) =>
        file.Channel is { } channel
            ? await workspace.Channels.FindMember(channel, me.Id, cancellation) is not null
            : file.Uploader == me.Id;

    // SVG is left out: it is a document that can run scripts.
    private static bool IsHarmless(string contentType) =>
        contentType is "image/png" or "image/jpeg" or "image/gif" or "image/webp" or "text/plain" or "application/pdf"
        || contentType.StartsWith("audio/", StringComparison.Ordinal)
        || contentType.StartsWith("video/", StringComparison.Ordinal);
}
