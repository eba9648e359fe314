namespace Calls.Contracts.Calls;

/// <summary>What a session's own user does in the call. A closed hierarchy.</summary>
[GenerateSerializer, Immutable, Alias("SessionAction")]
public abstract record SessionAction
{
    private SessionAction() { }

    /// <summary>Be silent. Muted already: accepted.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.Mute")]
    public sealed record Mute : SessionAction;

    /// <summary>Be heard. Or <see cref="Refusal.Invalid"/> for a session that has no voice.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.Unmute")]
    public sealed record Unmute : SessionAction;

    /// <summary>Stay muted though the host asked. Nobody asked: accepted, nobody is told.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.DeclineUnmute")]
    public sealed record DeclineUnmute : SessionAction;

    /// <summary>Raise the hand. Raised already: accepted, and its place among the hands stays.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.RaiseHand")]
    public sealed record RaiseHand : SessionAction;

    /// <summary>Take the hand down.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.LowerHand")]
    public sealed record LowerHand : SessionAction;

    /// <summary>Show an emoji for a moment; it is not kept. Or <see cref="Refusal.Invalid"/>.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.React")]
    public sealed record React(Emoji Emoji) : SessionAction;

    /// <summary>Take the screen slot. Or <see cref="Refusal.ScreenTaken"/>.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.StartScreen")]
    public sealed record StartScreen : SessionAction;

    /// <summary>Free the screen slot. Not presenting: accepted.</summary>
    [GenerateSerializer, Immutable, Alias("SessionAction.StopScreen")]
    public sealed record StopScreen : SessionAction;
}

/// <summary>An action was done.</summary>
/// <param name="RaisedAt">When the hand was raised; null while it is down.</param>
[GenerateSerializer, Immutable, Alias("SessionActed")]
public sealed record SessionActed(DateTimeOffset? RaisedAt);
