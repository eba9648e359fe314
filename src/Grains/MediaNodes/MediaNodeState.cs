using Calls.Contracts.MediaNodes;

namespace Calls.Grains.MediaNodes;

/// <summary>What is saved of a media node: enough to command it after a restart of the control plane, before it speaks again.</summary>
[GenerateSerializer, Immutable, Alias("MediaNodeState")]
internal sealed record MediaNodeState
{
    /// <summary>Its run; null while it is not registered.</summary>
    [Id(0)] public string? Incarnation { get; init; }

    [Id(1)] public string? ApiUrl { get; init; }

    [Id(2)] public string Region { get; init; } = RegionName.Default.Value;

    [Id(3)] public string Version { get; init; } = string.Empty;

    [Id(4)] public NodeState State { get; init; }

    [Id(5)] public ImmutableArray<string> MediaAddresses { get; init; } = [];

    [Id(6)] public int SessionsMax { get; init; }

    [Id(7)] public int CallSessionsMax { get; init; }

    /// <summary>What an administrator wants of this run, until it is so again by itself; null: nothing.</summary>
    [Id(8)] public NodeState? Wanted { get; init; }

    /// <summary>Whether this run was given up and is back with what calls had there. It takes none until that is closed.</summary>
    [Id(9)] public bool IsToBeEmptied { get; init; }

    /// <summary>Which of its accounts of <see cref="State"/> this is from.</summary>
    [Id(10)] public long StateVersion { get; init; }

    /// <summary>Whether a new call may be put there.</summary>
    public bool TakesCalls => Incarnation is not null && !Drains && !IsToBeEmptied;

    /// <summary>Whether the calls that are there shall go elsewhere.</summary>
    public bool Drains => Incarnation is not null && (State != NodeState.Active || Wanted is NodeState.Draining);

    /// <summary>Whether the node has yet to be told.</summary>
    public bool IsToBeTold => Wanted switch
    {
        NodeState.Draining => State == NodeState.Active,
        NodeState.Active => State != NodeState.Active,
        _ => false,
    };

    /// <summary>
    /// The node says how it is; an account that a later one has overtaken changes nothing. A wish to take calls is over once it does:
    /// what stops it then is its own doing.
    /// </summary>
    public MediaNodeState Heard(NodeState state, long version) => version < StateVersion ? this : this with
    {
        State = state,
        StateVersion = version,
        Wanted = Wanted == NodeState.Active && state == NodeState.Active ? null : Wanted,
    };

    /// <summary>The node introduces itself. What is known of this run stays: the wish, and how it is if that was heard later.</summary>
    public MediaNodeState Registered(NodeDescription node)
    {
        var fresh = Of(node);
        if (Incarnation != node.Incarnation) { return fresh; }

        fresh = fresh with { Wanted = Wanted, IsToBeEmptied = IsToBeEmptied };
        return StateVersion <= node.StateVersion ? fresh : fresh with { State = State, StateVersion = StateVersion };
    }

    private static MediaNodeState Of(NodeDescription node) => new()
    {
        Incarnation = node.Incarnation,
        ApiUrl = node.ApiUrl,
        Region = node.Region.Value,
        Version = node.Version,
        State = node.State,
        MediaAddresses = node.MediaAddresses,
        SessionsMax = node.SessionsMax,
        CallSessionsMax = node.CallSessionsMax,
        StateVersion = node.StateVersion,
    };

    public NodeDescription Describe(MediaNodeId id, NodeLoad load) => new(
        id, Incarnation!, Version, new RegionName(Region), ApiUrl, State, MediaAddresses, SessionsMax, CallSessionsMax, load, StateVersion);
}
