using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;

namespace Calls.Gateway;

/// <summary>Serves the built web client, and its page for every address that is the client's own.</summary>
internal static class WebClient
{
    private const string Page = "index.html";

    public static void MapWebClient(this WebApplication app, GatewayOptions options)
    {
        if (Find(options) is not { } folder) { return; }

        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            // Names under assets/ carry a hash of their content; the page itself is asked for anew.
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                    ? "public, max-age=31536000, immutable"
                    : "no-cache",
        });
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint() is not null || !IsPage(context.Request))
            {
                await next(context);
                return;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
            await context.Response.SendFileAsync(files.GetFileInfo(Page));
        });
    }

    // An address with a dot asks for a file, and there is none.
    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path)
        && !request.Path.StartsWithSegments(Auth.TokenAuthentication.HubPath, StringComparison.Ordinal);

    private static string? Find(GatewayOptions options)
    {
        string[] places = options.WebRoot.Length > 0
            ? [options.WebRoot]
            : [Path.Combine(AppContext.BaseDirectory, "wwwroot"), Path.Combine("web", "dist")];
        return places.Select(Path.GetFullPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, Page)));
    }
}
