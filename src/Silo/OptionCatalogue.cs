using System.Text;

namespace Calls.Silo;

/// <summary>One setting, as <c>--help</c> and docs/RUNBOOK.md tell it.</summary>
/// <param name="Changeable">Whether an administrator may change it while the program runs: whoever uses it reads it anew each time.</param>
internal sealed record OptionEntry(string Name, string Default, string Allowed, string Meaning, bool Changeable = false)
{
    // By the word in the name, so that a new secret is hidden before anybody thinks of it.
    private static readonly string[] s_secretWords = ["Key", "Secret", "Token", "Password", "ConnectionString"];

    /// <summary>Whether its value is never shown.</summary>
    public bool IsSecret => s_secretWords.Any(word => Name.Contains(word, StringComparison.Ordinal));
}

/// <summary>Every setting of the program. A test holds it against the option classes and the runbook.</summary>
internal static class OptionCatalogue
{
    /// <summary>The section that all of them stand in.</summary>
    public const string Prefix = "Calls:";

    /// <summary>Sections of the web framework's own, which the command line passes through.</summary>
    public static IReadOnlyList<string> FrameworkSections { get; } = ["Logging", "Kestrel", "AllowedHosts", "environment", "contentRoot", "applicationName"];

    /// <summary>By name, without the leading <c>Calls:</c>.</summary>
    public static IReadOnlyList<OptionEntry> Entries { get; } =
    [
        new("Roles", "silo,gateway,media", "a list of silo, gateway, media", "The parts that this process runs."),
        new("Listen", Addresses.DefaultListen, "http(s)://host:port, several with commas", "Where the gateway listens for browsers."),
        new("BaseUrl", "as Listen", "http(s)://host", "The address browsers use, for links; set it behind a proxy.", Changeable: true),
        new("TrustedProxies", "", "addresses with commas", "Proxies whose forwarded headers are believed."),
        new("Data", DataFolder.Default, "a folder", "Everything this installation must not lose."),
        new("WebRoot", "", "a folder", "The built web client; empty: beside the program, or ./web/dist."),
        new("Workspace:Seed", "empty", "empty, demo", "What a first start makes: one admin, or demo users."),
        new("Database:Provider", "sqlite", "sqlite, postgres", "Where the workspace is kept."),
        new("Database:ConnectionString", "", "a connection string", "Empty: a file in the data folder; PostgreSQL needs one."),
        new("Files:BytesMax", "104857600", "1 to 10737418240", "Bytes an uploaded file may have."),
        new("Files:UnpostedMax", "7.00:00:00", "01:00:00 to 365.00:00:00", "How long an upload waits for the post that carries it, before it is deleted."),
        new("Policy:Start", "everyone", "everyone, admins, nobody", "Who may start calls.", Changeable: true),
        new("Limits:Participants", "0", "0 (no limit) or more", "Sessions one call may have.", Changeable: true),
        new("Limits:SessionsPerUser", "100", "0 (no limit) or more", "Sessions one user may have in one call.", Changeable: true),
        new("Limits:ConnectionsPerUser", "500", "0 (no limit) or more", "Hub connections one user may have at one gateway; each open tab is one.", Changeable: true),
        new("Limits:AloneMax", "00:00:00", "0 (never) to 7.00:00:00", "How long one person may be alone in a call.", Changeable: true),
        new("Limits:MaxDuration", "00:00:00", "0 (never) to 7.00:00:00", "How long a call may last.", Changeable: true),
        new("Sessions:Grace", "00:00:30", "00:00:01 to 00:10:00", "How long a session without hub or media keeps its place.", Changeable: true),
        new("Sessions:MediaConnectTimeout", "00:00:15", "00:00:01 to 00:10:00", "How long media may take to connect after a join.", Changeable: true),
        new("Sessions:AuthCheck", "00:00:05", "00:00:00.1 to 00:00:05", "How often sign-ins and memberships of those present are looked at again.", Changeable: true),
        new("Presence:OfflineAfter", "00:00:10", "00:00:00.1 to 00:10:00", "How long after their last connection a user is shown as offline.", Changeable: true),
        new("SignIn:Lifetime", "30.00:00:00", "00:01:00 to 3650.00:00:00", "How long a sign-in lasts.", Changeable: true),
        new("RateLimits:HubPerSecond", "20", "1 to 10000", "Hub commands a session may send per second, in the long run; and a user, of those that name no session.", Changeable: true),
        new("RateLimits:HubBurst", "100", "1 to 100000", "Hub commands at once.", Changeable: true),
        new("RateLimits:RestPerSecond", "20", "1 to 10000", "REST requests a user may send per second, in the long run; a hub connection is one.", Changeable: true),
        new("RateLimits:RestBurst", "60", "1 to 100000", "REST requests at once.", Changeable: true),
        new("RateLimits:SignInPerMinute", "5", "1 to 10000", "Sign-ins per minute for one user from one address, or IPv6 network of 64 bits; ten times that for all users together.", Changeable: true),
        new("Ice:Servers", "", "urls with commas, or a JSON list of urls, username, credential", "STUN and TURN servers that clients are given.", Changeable: true),
        new("Ice:TurnSecret", "", "text", "The secret shared with the TURN servers, for short-lived credentials."),
        new("Ice:TurnLifetime", "04:00:00", "00:01:00 to 7.00:00:00", "How long TURN credentials hold.", Changeable: true),
        new("Region", "default", "a name", "The region whose media nodes take this installation's calls."),
        new("Media:Port", "8443", "0 (any) to 65535", "The one UDP port of all media."),
        new("Media:PortPerThread", "False", "true, false", "Whether each media thread has a port of its own, from Media:Port upwards."),
        new("Media:Addresses", "", "own addresses with commas", "Addresses to bind; empty: all that are up."),
        new("Media:Advertise", "", "addresses, host names, internal=external pairs", "What browsers are told to send to; empty: the bound ones."),
        new("Media:Ipv6", "True", "true, false", "Whether IPv6 addresses are used too."),
        new("Media:Threads", "0", "0 (one per core) to 64", "Media threads; a call lives on one of them."),
        new("Media:VoiceSlots", "3", "1 to 8", "Voices that are heard at the same time."),
        new("Media:AudioRed", "False", "true, false", "Whether voices may be sent redundantly, for sites that lose packets; nearly twice the bandwidth."),
        new("Media:NodeId", "", "node_ and 26 of a-z, 2-7", "The node's id; empty: made once and kept in the data folder."),
        new("Media:NodeKey", "", "32 characters or more", "The secret control plane and media nodes share. The first of several with commas is shown, each is accepted: to change it, say `old,new` everywhere, then `new,old`, then `new`."),
        new("Media:ControlPlane", "", "http(s)://host:port", "The control plane of a media-only process."),
        new("Media:ApiUrl", Addresses.DefaultNodeApi, "http(s)://host:port", "Where a media-only process listens for the control plane."),
        new("Media:Srtp:Engine", "Auto", "auto, intrinsics, evp", "How packets are encrypted; the results are the same."),
        new("Media:HandshakeStepsPerTurn", "2", "1 to 64", "DTLS steps a thread takes between two looks at its sockets."),
        new("Media:StunErrorsPerSecond", "50", "0 to 10000", "STUN errors that one source address is answered per second."),
        new("Media:MaxSessions", "5000", "1 to 100000", "Sessions the node takes."),
        new("Media:CallMaxSessions", "1000", "1 to 100000", "Sessions one call may have on a node."),
        new("Media:MaxBitsPerSecond", "1000000000", "1000000 to 1000000000000", "Outgoing bandwidth that counts as full load."),
        new("Media:CommandTimeout", "00:00:02", "00:00:00.1 to 00:01:00", "How long the control plane waits for a node's answer."),
        new("Media:DrainSeconds", "60", "0 to 86400", "How long a stopping media-only process waits for its calls to go."),
        new("Media:OrphanAfter", "00:15:00", "00:00:15 to 1.00:00:00", "After so long without the control plane a node closes its sessions."),
        new("Media:WarmUp", "00:00:01", "0 to 00:00:10", "How long the packet path is run before the node is ready."),
        new("Telemetry:MetricsListen", Addresses.DefaultMetrics, "http://host:port, or empty", "Where /metrics is served, and nothing else."),
        new("Telemetry:MetricsToken", "", "text", "Bearer token with which /metrics answers at Listen too."),
        new("Cluster:SiloPort", "11111", "1 to 65535", "Between silos; with GrainHost=Orleans and PostgreSQL."),
        new("Cluster:GatewayPort", "30000", "1 to 65535", "From gateways to silos; with GrainHost=Orleans and PostgreSQL."),
    ];

    /// <summary>Whether a key such as <c>Calls:Media:Port</c>, or an element of a list option, is a setting.</summary>
    public static bool Knows(string key) =>
        Entries.Any(entry => key.Equals(Prefix + entry.Name, StringComparison.OrdinalIgnoreCase)
            || key.StartsWith($"{Prefix}{entry.Name}:", StringComparison.OrdinalIgnoreCase));

    /// <summary>A setting by name, without the leading <c>Calls:</c>; null when there is none.</summary>
    public static OptionEntry? Find(string name) => Entries.FirstOrDefault(entry => name.Equals(entry.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a setting may be, in words.</summary>
    public static string Allowed(string key) =>
        Entries.FirstOrDefault(entry => key.Equals(Prefix + entry.Name, StringComparison.OrdinalIgnoreCase))?.Allowed ?? "see --help";

    /// <summary>Whether settings stand below this name.</summary>
    public static bool IsSection(string name) =>
        Entries.Any(entry => (Prefix + entry.Name).StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Help()
    {
        var text = new StringBuilder("""
            Calls: voice calls for a team's chat.

              calls [--name value | --name=value] …

            The same names, with Calls: in front, stand in appsettings.json, or in the environment as Calls__Name.

            """);
        foreach (var entry in Entries)
        {
            var otherwise = entry.Default.Length > 0 ? entry.Default : "empty";
            text.AppendLine($"  --{entry.Name.ToLowerInvariant()}");
            text.AppendLine($"      {entry.Meaning} Allowed: {entry.Allowed}. Default: {otherwise}.");
        }

        return text.ToString();
    }
}
