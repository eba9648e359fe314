using Calls.Contracts.Gateways;
using Calls.Contracts.Participants;

namespace Calls.Contracts.Calls;

/// <summary>How a call begins.</summary>
/// <param name="StartsMuted">Whether sessions start muted: so in public and private channels, not in direct and group ones.</param>
/// <param name="News">The channel, which is told when the call is over.</param>
[GenerateSerializer, Immutable, Alias("CallStart")]
public sealed record CallStart(
    ChannelId Channel,
    UserId StartedBy,
    string? Title,
    bool StartsMuted,
    ICallNews News,
    ImmutableArray<GatewaySubscription> ChannelGateways);

/// <summary>A session that wants in.</summary>
/// <param name="Session">The id it shall have for its whole life. A repeat with the same id is answered as the first was.</param>
/// <param name="Gateway">Where its hub connection is; null for WHIP and WHEP sessions.</param>
/// <param name="Muted">True when the client asks to start muted whatever the channel's rule; false keeps the rule.</param>
/// <param name="VoiceSlots">Voice lines it will offer, 1 to 8.</param>
/// <param name="Kind">What its media may carry at all.</param>
/// <param name="TraceParent">W3C trace context of the join.</param>
/// <param name="From">The session of the same user whose place, mute and hand it takes over; null: it is one more.</param>
[GenerateSerializer, Immutable, Alias("CallJoin")]
public sealed record CallJoin(
    SessionId Session,
    UserId User,
    GatewaySubscription? Gateway,
    Device? Device,
    bool Muted,
    bool Video,
    int VoiceSlots,
    MediaNodes.SessionKind Kind,
    string? TraceParent,
    SessionId? From);

/// <summary>What a session that joined is told.</summary>
/// <param name="Session">Its id: the one asked for.</param>
[GenerateSerializer, Immutable, Alias("CallJoined")]
public sealed record CallJoined(SessionId Session, CallSnapshot Call, MediaGrant Media, bool Muted);

/// <summary>What a session that came back is told.</summary>
/// <param name="Events">The events it missed, in order; null when they are no longer held, and the snapshot stands instead.</param>
/// <param name="Call">The snapshot; null when the events suffice.</param>
[GenerateSerializer, Immutable, Alias("CallResumed")]
public sealed record CallResumed(ImmutableArray<News>? Events, CallSnapshot? Call, MediaGrant Media);

/// <summary>A client's offer.</summary>
/// <param name="Generation">Null: the present one.</param>
/// <param name="Number">1, then +1 per ICE restart; null: the next, unless the text is the last one again.</param>
[GenerateSerializer, Immutable, Alias("MediaOffer")]
public sealed record MediaOffer(SessionId Session, string Sdp, int? Generation, int? Number);

/// <summary>The node's answer and what each line is for.</summary>
[GenerateSerializer, Immutable, Alias("MediaAnswer")]
public sealed record MediaAnswer(string Sdp, ImmutableArray<MediaNodes.MediaLine> Lines);

/// <summary>The answer, and who gave it.</summary>
/// <param name="Place">Where the session's media is from now on.</param>
[GenerateSerializer, Immutable, Alias("PlacedAnswer")]
public sealed record PlacedAnswer(MediaAnswer Answer, MediaNodes.MediaPlace Place);
