namespace Calls.Contracts.Workspace;

/// <summary>A user as everybody sees them.</summary>
[GenerateSerializer, Immutable, Alias("User")]
public sealed record User(UserId Id, string Username, string DisplayName, UserRole Role, UserStatus Status, bool Deactivated)
{
    /// <summary>The user name of the service's own user, which writes to people in its own name.</summary>
    public const string BotName = "calls";
}

/// <summary>What a user may do in the workspace.</summary>
[GenerateSerializer, Alias("UserRole")]
public enum UserRole
{
    /// <summary>An ordinary user.</summary>
    Member,

    /// <summary>A system administrator.</summary>
    Admin,

    /// <summary>Sees only the channels they were added to.</summary>
    Guest,

    /// <summary>The service itself.</summary>
    Bot,
}

/// <summary>What a user says about being there.</summary>
[GenerateSerializer, Alias("UserStatus")]
public enum UserStatus
{
    /// <summary>There.</summary>
    Online,

    /// <summary>Away.</summary>
    Away,

    /// <summary>Not to be disturbed.</summary>
    Dnd,

    /// <summary>Out of office.</summary>
    Ooo,

    /// <summary>Not connected.</summary>
    Offline,
}
