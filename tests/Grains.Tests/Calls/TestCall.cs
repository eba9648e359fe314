using System.Buffers.Binary;
using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Contracts.MediaNodes;
using Calls.Grains.Calls;

namespace Calls.Grains.Tests.Calls;

/// <summary>States and ids for rule tests, in few words.</summary>
internal static class TestCall
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly CallLimits Limits = CallLimits.From(new CallsGrainOptions());
    public static readonly CallId Call = Id<CallId>(1);
    public static readonly ChannelId Channel = Id<ChannelId>(1);
    public static readonly MediaNodeId Node = Id<MediaNodeId>(1);
    public static readonly GatewayId Gateway = new("gateway-1");
    public const string Run = "run-1";

    public static readonly UserId Alice = Id<UserId>(1);
    public static readonly UserId Bob = Id<UserId>(2);
    public static readonly UserId Carol = Id<UserId>(3);

    public static TId Id<TId>(int number) where TId : struct, IId<TId>
    {
        var entropy = new byte[IdText.EntropyBytes];
        BinaryPrimitives.WriteInt32BigEndian(entropy, number);
        return IdText.Create<TId>(entropy);
    }

    public static SessionId Session(int number) => Id<SessionId>(number);

    /// <summary>A call with its node and post, and nobody in it.</summary>
    public static CallState Starting(bool startsMuted = true)
    {
        var start = new CallStart(Channel, Alice, "Standup", startsMuted, News: null!, ChannelGateways: []);
        var call = CallTransitions.Start(new CallState(), Call, start, Limits, Noon).State;
        return CallTransitions.AttachPost(MediaTransitions.Placed(call, Node, Run), Id<PostId>(1), Id<PostId>(1)).State;
    }

    /// <summary>A call with these users' sessions, numbered from 1 in this order, all with media.</summary>
    public static CallState Live(params UserId[] users)
    {
        var call = Starting();
        for (var i = 0; i < users.Length; i++)
        {
            call = Join(call, users[i], i + 1);
            call = SessionTransitions.MediaUp(call, Session(i + 1), generation: 1).State;
        }

        return call;
    }

    public static CallState Join(CallState call, UserId user, int session, DateTimeOffset? now = null) =>
        CallTransitions.Join(call, Admit(call, user, session, now).Value!, now ?? Noon).State;

    public static Answer<SessionState> Admit(
        CallState call, UserId user, int session, DateTimeOffset? now = null, CallLimits? limits = null,
        bool muted = false, SessionKind kind = SessionKind.Participant, int? from = null) =>
        CallTransitions.Admit(call, Wish(user, session, muted, kind, from), limits ?? Limits, now ?? Noon);

    public static CallOutcome Leave(CallState call, int session, LeaveReason reason = LeaveReason.Left) =>
        CallTransitions.Leave(call, Session(session), reason, by: null, Noon);

    public static ImmutableArray<CallEvent> Announced(this CallOutcome outcome) =>
        [.. outcome.Effects.OfType<CallEffect.Announce>().Select(effect => effect.Event)];

    public static ImmutableArray<CallEvent> ToChannel(this CallOutcome outcome) =>
        [.. outcome.Effects.OfType<CallEffect.AnnounceToChannel>().Select(effect => effect.Event)];

    public static CallJoin Wish(UserId user, int session, SessionId from) =>
        Wish(user, session, muted: false, SessionKind.Participant, from: null) with { From = from };

    private static CallJoin Wish(UserId user, int session, bool muted, SessionKind kind, int? from) => new(
        Session(session), user, new GatewaySubscription(Gateway, Observer: null!), new Device("Laptop", null, null),
        muted, Video: false, VoiceSlots: 3, kind, TraceParent: null,
        from is { } number ? Session(number) : null);
}
