using System.Net;
using Calls.Conformance.Clients;
using Calls.Conformance.Coverage;
using Calls.Conformance.Service;
using Calls.Support;

namespace Calls.Conformance.Hosts;

/// <summary>A media node of its own that does not answer.</summary>
public sealed class SilentNodeTests
{
    private const string Key = "a-node-key-of-at-least-thirty-two-bytes";

    [OwnProcessFact]
    [Row("D15", "S43", "unavailable")]
    public async Task A_mute_that_the_node_cannot_confirm_is_decided_told_and_repeated_until_it_holds()
    {
        using var service = await CallsProgram.Start(new Dictionary<string, string> { ["roles"] = "silo,gateway", ["media:nodekey"] = Key });
        using var node = await CallsProgram.Start(new Dictionary<string, string>
        {
            ["roles"] = "media",
            ["media:nodekey"] = Key,
            ["media:controlplane"] = service.Address.AbsoluteUri.TrimEnd('/'),
            ["media:apiurl"] = "{address}",
        });
        var admin = await service.As("admin");
        await Eventually.Sees(
            "the node to take calls", () => admin.Get("admin/media-nodes"), nodes => nodes.Items.Any(one => one.GetProperty("takesCalls").GetBoolean()));
        await using var meeting = await Meeting.Of(service, 3, true, 0, 1);
        var (host, rude, listener) = (meeting[0], meeting[1], meeting[2]);
        await rude.Media.SayUntilHeard("as long as I may", listener.Media);

        await node.Freeze();
        var reply = await host.Person.Host(host, "mute", rude.Self);
        await rude.Hears("muted", data => data.GetProperty("sessionId").GetString() == rude.Session);
        await node.Thaw();

        reply.IsRefused(HttpStatusCode.ServiceUnavailable, "unavailable");
        await Eventually.Sees(
            "the mute to hold", () => host.Person.Host(host, "mute", rude.Self), repeated => repeated.Status == HttpStatusCode.NoContent);
        await Silence.IsKept(rude, listener, fence: host, "after the node came back");
    }
}
