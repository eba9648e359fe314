using System.Text.Json;
using Calls.Contracts.Protocol;
using Microsoft.Extensions.Configuration;

namespace Calls.Gateway;

/// <summary>Settings that are lists: in a file a list; on a command line, or changed while running, one text, which counts for the whole.</summary>
internal static class ListOptions
{
    private const char Json = '[';

    public static void Read(IConfiguration configuration, GatewayOptions options)
    {
        if (configuration["Calls:TrustedProxies"] is { Length: > 0 } proxies) { options.TrustedProxies = Split(proxies); }

        if (configuration["Calls:Ice:Servers"] is { Length: > 0 } servers) { options.Ice.Servers = ReadServers(servers); }
    }

    // URLs with commas, or JSON where a server has a name and a credential. What is neither is left for the check to refuse.
    private static GatewayOptions.IceServerOptions[] ReadServers(string text)
    {
        if (text[0] != Json) { return [.. Split(text).Select(Server)]; }

        try
        {
            var servers = JsonSerializer.Deserialize<GatewayOptions.IceServerOptions?[]>(text, ProtocolJson.Client);
            return [.. servers!.Select(server => server ?? Server(text))];
        }
        catch (JsonException)
        {
            return [Server(text)];
        }
    }

    private static GatewayOptions.IceServerOptions Server(string url) => new() { Urls = [url] };

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
