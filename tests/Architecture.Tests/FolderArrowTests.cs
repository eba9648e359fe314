using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Calls.Architecture.Tests;

public class FolderArrowTests
{
    private static readonly string[] ProtocolLeaves = ["Rtp", "Rtcp", "Stun", "Srtp", "Sdp"];

    // Who may call which grain: downwards only, so that no cycle can deadlock.
    private static readonly Dictionary<string, string[]> MayCall = new()
    {
        ["Channels"] = ["ICallGrain", "IChannelGrain"],
        ["Calls"] = ["ICallGrain", "IMediaNodeGrain", "IUserGrain", "IRegionGrain"],
        ["Hosts"] = ["IHostGrain", "ICallGrain"],
        ["Participants"] = ["IParticipantGrain", "ICallGrain"],
        ["Users"] = ["IUserGrain"],
        ["MediaNodes"] = ["IMediaNodeGrain", "IRegionGrain"],
        ["Regions"] = ["IRegionGrain"],
    };

    [Fact]
    public void The_media_node_knows_of_the_contracts_only_ids_and_its_own_api() =>
        Usings("src/MediaNode")
            .Where(found => found.Name.StartsWith("Calls.Contracts", StringComparison.Ordinal)
                && found.Name is not ("Calls.Contracts.Ids" or "Calls.Contracts.MediaNodes" or "Calls.Contracts.Protocol"))
            .Select(found => found.ToString())
            .MustBeNone("A media node serves any control plane:");

    [Fact]
    public void Protocols_are_leaves() =>
        ProtocolLeaves.SelectMany(leaf => Usings($"src/Media/{leaf}")
                .Where(found => MediaFolder(found.Name) is { } folder && folder != leaf && (IsMachine(folder) || IsOtherProtocol(leaf, folder)))
                .Select(found => found.ToString()))
            .MustBeNone("A protocol must not know the machines above it, or another protocol:");

    [Fact]
    public void Grains_touch_no_socket_no_web_and_no_session_description() =>
        Usings("src/Grains")
            .Where(found => found.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || found.Name.StartsWith("System.Net.Sockets", StringComparison.Ordinal)
                || found.Name.StartsWith("Calls.Media", StringComparison.Ordinal))
            .Select(found => found.ToString())
            .MustBeNone("Grains pass offers and answers on unread:");

    [Fact]
    public void Grains_call_downwards_only() =>
        MayCall.SelectMany(rule => Repository.CSharp($"src/Grains/{rule.Key}")
                .SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<IdentifierNameSyntax>()
                    .Where(name => MayCall.Values.SelectMany(names => names).Contains(name.Identifier.Text) && !rule.Value.Contains(name.Identifier.Text))
                    .Select(name => $"{file}:{Repository.Line(name)} names {name.Identifier.Text}")))
            .MustBeNone("These calls go up the graph of grains:");

    private static bool IsMachine(string folder) => folder is "Peers" or "Rooms" or "Tracks";

    // SRTP protects RTP, so it knows its header.
    private static bool IsOtherProtocol(string leaf, string folder) =>
        ProtocolLeaves.Contains(folder) && !(leaf == "Srtp" && folder == "Rtp");

    private static string? MediaFolder(string name) =>
        name.StartsWith("Calls.Media.", StringComparison.Ordinal) ? name["Calls.Media.".Length..].Split('.')[0] : null;

    private static IEnumerable<FoundUsing> Usings(string folder) =>
        Repository.CSharp(folder).SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Where(directive => directive.Name is not null)
            .Select(directive => new FoundUsing(file, Repository.Line(directive), directive.Name!.ToString())));

    private sealed record FoundUsing(string File, int Line, string Name)
    {
        public override string ToString() => $"{File}:{Line} uses {Name}";
    }
}
