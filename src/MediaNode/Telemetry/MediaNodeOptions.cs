using System.Globalization;
using System.Net;
using Calls.Contracts.Ids;
using Calls.Media.Rooms;
using Calls.Media.Stun;
using Microsoft.Extensions.Configuration;

namespace Calls.MediaNode.Telemetry;

/// <summary>Settings of a media node: section <c>Calls:Media</c>. Each says its meaning, its danger and its default.</summary>
public sealed class MediaNodeOptions
{
    public const string Section = "Calls:Media";

    private const int NodeKeyBytesMin = 32;

    /// <summary>The UDP port of all media, on every address. Firewalls must let it in. 0 takes any free one. Defaults to 8443.</summary>
    public int Port { get; set; } = 8443;

    /// <summary>
    /// Gives each media thread a port of its own, from <see cref="Port"/> upwards, so that no datagram is passed from thread to
    /// thread. Firewalls must let all of them in. Defaults to false.
    /// </summary>
    public bool PortPerThread { get; set; }

    /// <summary>Own addresses to bind, separated by commas; empty: all of the host that are up.</summary>
    public string Addresses { get; set; } = "";

    /// <summary>
    /// Addresses that answers name, separated by commas: an address, a host name, or <c>internal=external</c> behind one-to-one
    /// address translation, which counts where the internal one is bound. Empty: the bound ones. Wrong here means "connected to the call, but no audio".
    /// </summary>
    public string Advertise { get; set; } = "";

    /// <summary>Whether IPv6 addresses are bound and advertised too. Defaults to true.</summary>
    public bool Ipv6 { get; set; } = true;

    /// <summary>Media threads; a call lives on one of them. 0: one per core. At most 64: a username fragment's character names them.</summary>
    public int Threads { get; set; }

    /// <summary>Voices that are heard at the same time, 1 to 8. More cost every listener bandwidth. Defaults to 3.</summary>
    public int VoiceSlots { get; set; } = 3;

    /// <summary>
    /// Whether redundant audio (RFC 2198) is answered to those who offer it: each packet carries the one before it again, which
    /// hides single losses and costs nearly twice the bandwidth. For sites that lose packets. Defaults to false.
    /// </summary>
    public bool AudioRed { get; set; }

    /// <summary>The node's id, <c>node_…</c>. Empty: made once and kept under <c>Calls:Data</c>.</summary>
    public string NodeId { get; set; } = "";

    /// <summary>
    /// The secret shared with the control plane, at least 32 bytes; needed when the two are separate processes. While it is being
    /// changed, the old and the new one may stand here, separated by a comma; the first one is used for sending.
    /// </summary>
    public string NodeKey { get; set; } = "";

    /// <summary>The control plane's URL, when it is another process.</summary>
    public string ControlPlane { get; set; } = "";

    /// <summary>Where the control plane reaches this node's API, when it is another process.</summary>
    public string ApiUrl { get; set; } = "http://127.0.0.1:8045";

    /// <summary>How packets are encrypted.</summary>
    public SrtpOptions Srtp { get; set; } = new();

    /// <summary>DTLS steps (about 0.4 ms each) a thread takes between two looks at its sockets. More delays voices. Defaults to 2.</summary>
    public int HandshakeStepsPerTurn { get; set; } = 2;

    /// <summary>
    /// STUN errors that one source address (of IPv6: one /64) is answered per second by each thread: they help diagnosis, and must
    /// not make an amplifier. Defaults to 50.
    /// </summary>
    public int StunErrorsPerSecond { get; set; } = RefusalBudget.PerSecondDefault;

    /// <summary>Sessions on this node. A session takes about 100 KiB. Defaults to 5,000.</summary>
    public int MaxSessions { get; set; } = 5_000;

    /// <summary>
    /// Sessions of one call on this node: one thread serves them all, and 1,000 with three talking take three quarters of a core.
    /// Defaults to 1,000.
    /// </summary>
    public int CallMaxSessions { get; set; } = RoomSettings.SessionsMaxDefault;

    /// <summary>Outgoing bandwidth that counts as full load. Defaults to 1 Gbit/s.</summary>
    public long MaxBitsPerSecond { get; set; } = 1_000_000_000;

    /// <summary>How long a stopping node waits for its calls to go. Defaults to 60 s.</summary>
    public int DrainSeconds { get; set; } = 60;

    /// <summary>After so long without the control plane all sessions are closed: nobody could end them. Defaults to 15 min.</summary>
    public TimeSpan OrphanAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long the packet path is run with synthetic packets before the node is ready, so that the first call meets compiled
    /// code. 0: not at all. Defaults to 1 s.
    /// </summary>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks all settings; throws with one line per wrong one: name, value, allowed.</summary>
    /// <exception cref="MediaNodeStartException">A setting is out of range.</exception>
    public static MediaNodeOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new MediaNodeOptions();
        var problems = new List<string>();
        configuration.GetSection(Section).Bind(options);
        options.Check(problems);
        return problems.Count == 0 ? options : throw new MediaNodeStartException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>The accepted keys, the one for sending first.</summary>
    public IReadOnlyList<string> NodeKeys() => List(NodeKey);

    internal static string[] List(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Check(List<string> problems)
    {
        Range(problems, nameof(Port), Port, 0, ushort.MaxValue);
        Range(problems, nameof(Threads), Threads, 0, 64);
        Range(problems, nameof(VoiceSlots), VoiceSlots, 1, 8);
        Range(problems, nameof(HandshakeStepsPerTurn), HandshakeStepsPerTurn, 1, 64);
        Range(problems, nameof(StunErrorsPerSecond), StunErrorsPerSecond, 0, 10_000);
        Range(problems, nameof(MaxSessions), MaxSessions, 1, 100_000);
        Range(problems, nameof(CallMaxSessions), CallMaxSessions, 1, 100_000);
        Range(problems, nameof(MaxBitsPerSecond), MaxBitsPerSecond, 1_000_000, 1_000_000_000_000);
        Range(problems, nameof(DrainSeconds), DrainSeconds, 0, 86_400);
        Range(problems, nameof(OrphanAfter), OrphanAfter, TimeSpan.FromSeconds(15), TimeSpan.FromDays(1));
        Range(problems, nameof(WarmUp), WarmUp, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        foreach (var address in List(Addresses))
        {
            Need(problems, nameof(Addresses), address, IPAddress.TryParse(address, out _), "IP addresses of this host");
        }

        foreach (var advertised in List(Advertise))
        {
            var isGood = advertised.Split('=') is { Length: 1 } or [_, _]
                && advertised.Split('=').All(part => Uri.CheckHostName(part.Trim('[', ']')) != UriHostNameType.Unknown);
            Need(problems, nameof(Advertise), advertised, isGood, "addresses, host names, internal=external pairs");
        }

        Need(problems, nameof(NodeId), NodeId, NodeId.Length == 0 || MediaNodeId.TryParse(NodeId, out _), "node_ and 26 of a-z, 2-7");
        Need(problems, nameof(ControlPlane), ControlPlane, ControlPlane.Length == 0 || IsHttp(ControlPlane), "an http or https URL");
        Need(problems, nameof(ApiUrl), ApiUrl, IsHttp(ApiUrl), "an http or https URL");
        if (NodeKeys().Any(key => key.Length < NodeKeyBytesMin))
        {
            problems.Add($"{Section}:{nameof(NodeKey)} is too short; allowed: at least {NodeKeyBytesMin} characters.");
        }

        if (ControlPlane.Length > 0 && NodeKeys().Count == 0)
        {
            problems.Add($"{Section}:{nameof(NodeKey)} is empty; allowed with {nameof(ControlPlane)}: the secret both sides share.");
        }
    }

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    private static void Range<T>(List<string> problems, string name, T value, T least, T most) where T : IComparable<T>, IFormattable =>
        Need(
            problems,
            name,
            value.ToString(null, CultureInfo.InvariantCulture),
            value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0,
            string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));

    private static void Need(List<string> problems, string name, string value, bool isGood, string allowed)
    {
        if (!isGood) { problems.Add($"{Section}:{name} is {value}; allowed: {allowed}."); }
    }
}

/// <summary>Settings of packet encryption: section <c>Calls:Media:Srtp</c>.</summary>
public sealed class SrtpOptions
{
    /// <summary>Which engine; the results are the same. Defaults to the fastest that runs here.</summary>
    public SrtpEngineKind Engine { get; set; }
}

/// <summary>Engines of packet encryption.</summary>
public enum SrtpEngineKind
{
    /// <summary>C# by the processor's instructions where it has them, else OpenSSL.</summary>
    Auto,

    /// <summary>C# by the processor's instructions.</summary>
    Intrinsics,

    /// <summary>OpenSSL.</summary>
    Evp,
}
