using System.Text.Json.Serialization;

namespace Calls.Contracts.MediaNodes;

/// <summary>What a node reports. A closed hierarchy.</summary>
/// <param name="At">The node's clock.</param>
[GenerateSerializer, Immutable, Alias("NodeEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Connected), "connected")]
[JsonDerivedType(typeof(FirstPacket), "firstPacket")]
[JsonDerivedType(typeof(Stalled), "stalled")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Disconnected), "disconnected")]
[JsonDerivedType(typeof(Speaking), "speaking")]
[JsonDerivedType(typeof(Slots), "slots")]
[JsonDerivedType(typeof(SessionSlots), "sessionSlots")]
[JsonDerivedType(typeof(NodeStateChanged), "nodeState")]
[JsonDerivedType(typeof(Resync), "resync")]
public abstract record NodeEvent([property: Id(0)] DateTimeOffset At)
{
    /// <summary>The call it is about; null when it is about the node.</summary>
    [JsonIgnore]
    public virtual CallId? AboutCall => null;

    /// <summary>An event about one call.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.OfCall")]
    public abstract record OfCall(DateTimeOffset At, [property: Id(0)] CallId Call) : NodeEvent(At)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override CallId? AboutCall => Call;
    }

    /// <summary>The pair is nominated and the keys are in place.</summary>
    /// <param name="IceMs">From the answer to the first proven check.</param>
    /// <param name="DtlsMs">From then to the keys.</param>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Connected")]
    public sealed record Connected(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] SessionId Session,
        [property: Id(1)] int Generation,
        [property: Id(2)] string Transport,
        [property: Id(3)] string Profile,
        [property: Id(4)] int IceMs,
        [property: Id(5)] int DtlsMs)
        : OfCall(At, Call);

    /// <summary>The first packet of a role, once per role and session.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.FirstPacket")]
    public sealed record FirstPacket(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] SessionId Session,
        [property: Id(1)] int Generation,
        [property: Id(2)] LineRole Role)
        : OfCall(At, Call);

    /// <summary>No ICE check for 10 s.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Stalled")]
    public sealed record Stalled(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] SessionId Session,
        [property: Id(1)] int Generation) : OfCall(At, Call);

    /// <summary>Checks are back.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Resumed")]
    public sealed record Resumed(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] SessionId Session,
        [property: Id(1)] int Generation) : OfCall(At, Call);

    /// <summary>The session's media is over.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Disconnected")]
    public sealed record Disconnected(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] SessionId Session,
        [property: Id(1)] int Generation,
        [property: Id(2)] DisconnectReason Reason)
        : OfCall(At, Call);

    /// <summary>Who speaks now; the latest state stands for all before it.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Speaking")]
    public sealed record Speaking(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] ImmutableArray<SessionId> Sessions,
        [property: Id(1)] SessionId? Dominant)
        : OfCall(At, Call);

    /// <summary>Who holds the call's voice slots; the latest state stands for all before it.</summary>
    /// <param name="Voices">One entry per slot.</param>
    /// <param name="Spare">Who is heard by a holder in the place of his own voice.</param>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Slots")]
    public sealed record Slots(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] ImmutableArray<SessionId?> Voices,
        [property: Id(1)] SessionId? Spare) : OfCall(At, Call);

    /// <summary>The slots of one session that has fewer voice lines than the call has slots.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.SessionSlots")]
    public sealed record SessionSlots(
        DateTimeOffset At,
        CallId Call,
        [property: Id(0)] SessionId Session,
        [property: Id(1)] ImmutableArray<SessionId?> Voices)
        : OfCall(At, Call);

    /// <summary>The node drains or has drained.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.NodeStateChanged")]
    public sealed record NodeStateChanged(DateTimeOffset At, [property: Id(0)] NodeState State) : NodeEvent(At);

    /// <summary>Events were dropped: read the rosters.</summary>
    [GenerateSerializer, Immutable, Alias("NodeEvent.Resync")]
    public sealed record Resync(DateTimeOffset At) : NodeEvent(At);
}

/// <summary>Why a session's media is over.</summary>
[GenerateSerializer, Alias("DisconnectReason")]
public enum DisconnectReason
{
    /// <summary>The control plane closed it.</summary>
    Closed,

    /// <summary>The peer said goodbye, as a page reload does.</summary>
    ClosedByPeer,

    /// <summary>No ICE check for <c>StalledGrace</c>.</summary>
    ConsentExpired,

    /// <summary>Reserved, and no offer came.</summary>
    ReservationExpired,

    /// <summary>Answered, and no media came.</summary>
    NeverConnected,

    /// <summary>The certificate is not the one the offer named.</summary>
    FingerprintMismatch,

    /// <summary>No SRTP profile in common.</summary>
    NoSrtpProfile,

    /// <summary>The DTLS handshake failed.</summary>
    DtlsFailed,

    /// <summary>A key has protected as much as it may.</summary>
    KeyExhausted,

    /// <summary>The node's drain deadline passed.</summary>
    Drained,

    /// <summary>A limit was reached.</summary>
    Limit,

    /// <summary>A fault in the node, which cost this session only.</summary>
    InternalError,
}
