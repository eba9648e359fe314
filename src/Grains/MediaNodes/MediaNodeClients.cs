using Calls.Contracts.MediaNodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Grains.MediaNodes;

/// <summary>How a node is reached: directly if it runs in this process, else over HTTP.</summary>
internal sealed class MediaNodeClients(
    IServiceProvider services, IHttpClientFactory http, IOptions<CallsGrainOptions> options, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpName = "Calls.MediaNodes";

    /// <summary>The way to a node; null when there is none from here.</summary>
    public async Task<MediaNodeClient?> Find(MediaNodeId id, string? apiUrl)
    {
        var media = options.Value.Media;
        foreach (var local in services.GetServices<IMediaNode>())
        {
            if ((await local.Describe(CancellationToken.None)).Id == id) { return new MediaNodeClient(local, media.CommandTimeout, time); }
        }

        return Uri.TryCreate(apiUrl, UriKind.Absolute, out var url)
            ? new MediaNodeClient(new HttpMediaNode(http.CreateClient(HttpName), url, FirstOf(media.NodeKey)), media.CommandTimeout, time)
            : null;
    }

    // Several while the key is changed: a node accepts each.
    private static string? FirstOf(string? keys) =>
        keys?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
