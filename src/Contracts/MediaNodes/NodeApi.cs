namespace Calls.Contracts.MediaNodes;

/// <summary>Where <see cref="IMediaNode"/> is found over HTTP. Both sides take their paths from here.</summary>
public static class NodeApi
{
    /// <summary>What every path begins with; the path itself is <see cref="IMediaNode.Describe"/> (GET).</summary>
    public const string Prefix = "/node/v1";

    /// <summary>The request header that names the node's run; on every command but <see cref="IMediaNode.Describe"/>.</summary>
    public const string IncarnationHeader = "Calls-Incarnation";

    /// <summary><see cref="IMediaNode.Drain"/> (PUT); the body is a <see cref="NodeStateBody"/>.</summary>
    public const string State = Prefix + "/state";

    /// <summary><see cref="IMediaNode.Calls"/> (GET).</summary>
    public const string Calls = Prefix + "/calls";

    /// <summary><see cref="IMediaNode.Roster"/> (GET), <see cref="IMediaNode.CloseCall"/> (DELETE).</summary>
    public static string Call(CallId call) => $"{Calls}/{call}";

    /// <summary><see cref="IMediaNode.Reserve"/> (PUT), <see cref="IMediaNode.Close"/> (DELETE).</summary>
    public static string Session(CallId call, SessionId session) => $"{Calls}/{call}/sessions/{session}";

    /// <summary><see cref="IMediaNode.Answer"/> (PUT) of an offer's number; the body is an <see cref="NodeOfferBody"/>.</summary>
    public static string Offer(CallId call, SessionId session, int number) => $"{Session(call, session)}/offers/{number}";

    /// <summary><see cref="IMediaNode.Permit"/> (PUT).</summary>
    public static string Permissions(CallId call, SessionId session) => $"{Session(call, session)}/permissions";

    /// <summary><see cref="IMediaNode.Statistics"/> (GET).</summary>
    public static string Statistics(CallId call, SessionId session) => $"{Session(call, session)}/stats";
}

/// <summary>The body of a wanted state.</summary>
public sealed record NodeStateBody(NodeState State, int DeadlineSeconds);

/// <summary>The body of an offer; its number stands in the path.</summary>
public sealed record NodeOfferBody(int Generation, string Sdp);

/// <summary>The body of every refusal.</summary>
public sealed record NodeRefusal(NodeError Error, string? Detail = null);
