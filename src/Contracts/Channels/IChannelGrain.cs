using Calls.Contracts.Calls;
using Calls.Contracts.Gateways;

namespace Calls.Contracts.Channels;

/// <summary>The call slot of one conversation. Key: the <see cref="ChannelId"/>.</summary>
[Alias("IChannelGrain")]
public interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>Finds the live call of this conversation, or starts one: node, then post, then it may be joined.</summary>
    /// <returns>Or NotFound, NotAMember, UserDeactivated, ChannelArchived, CallsDisabled, CallsTestMode, NoMediaNode.</returns>
    [Alias("Open")]
    Task<Answer<OpenedCall>> Open(OpenCall request);

    /// <summary>Whether calls may start here, and the live call if there is one.</summary>
    [Alias("Look")]
    Task<ChannelCalls> Look();

    /// <summary>Switches calls on or off here. The caller's right to do so was checked at the edge.</summary>
    [Alias("SetCallsEnabled")]
    Task<Answer> SetCallsEnabled(bool enabled);

    /// <summary>The conversation was archived: a live call ends.</summary>
    [Alias("Archived")]
    Task Archived(UserId by);

    /// <summary>Renewed by each gateway that has online members of this conversation; forgotten after 25 s.</summary>
    [Alias("Watch")]
    Task Watch(GatewaySubscription gateway);

    /// <summary>The gateways that have online members of this conversation. Waits for nothing else that is done here.</summary>
    [AlwaysInterleave, Alias("Gateways")]
    Task<ImmutableArray<GatewaySubscription>> Gateways();

    /// <summary>Tells every gateway with online members something about the conversation.</summary>
    [Alias("Announce")]
    Task Announce(CallEvent news);
}

/// <summary>Somebody presses Start or Join.</summary>
/// <param name="Title">At most 128 characters; of a call that starts now.</param>
/// <param name="ThreadId">The thread the call is started in; its post becomes a reply there.</param>
[GenerateSerializer, Immutable, Alias("OpenCall")]
public sealed record OpenCall(UserId User, string? Title, PostId? ThreadId)
{
    /// <summary>Characters a call's title may have: one line on a post card.</summary>
    public const int TitleMax = 128;

    /// <summary>Why there is no call with the service's own user.</summary>
    public const string NobodyAnswers = "The service itself writes to you here, and answers no call; call somebody in another channel.";
}

/// <summary>The call to join.</summary>
[GenerateSerializer, Immutable, Alias("OpenedCall")]
public sealed record OpenedCall(CallId Call);

/// <summary>The state of a conversation's call slot.</summary>
/// <param name="CallsEnabled">Whether calls are switched on here, whatever the workspace says.</param>
[GenerateSerializer, Immutable, Alias("ChannelCalls")]
public sealed record ChannelCalls(bool CallsEnabled, CallSnapshot? Call);
