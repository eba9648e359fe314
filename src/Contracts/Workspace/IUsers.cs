using Calls.Contracts.Calls;

namespace Calls.Contracts.Workspace;

/// <summary>Users of the workspace.</summary>
public interface IUsers
{
    /// <summary>One user; null when there is none.</summary>
    Task<User?> Find(UserId id, CancellationToken cancellation);

    /// <summary>Those of these users that are deactivated, or that there are not.</summary>
    Task<ImmutableHashSet<UserId>> Barred(ImmutableArray<UserId> users, CancellationToken cancellation);

    /// <summary>One user by name, upper and lower case alike.</summary>
    Task<User?> FindByName(string username, CancellationToken cancellation);

    /// <summary>The user whose name and password these are; null when they are nobody's or the user is deactivated.</summary>
    Task<Authenticated?> Authenticate(string username, string password, CancellationToken cancellation);

    /// <summary>All users, by name.</summary>
    Task<Page<User>> List(PageRequest page, CancellationToken cancellation);

    /// <summary>Makes a user. Or Invalid.</summary>
    Task<Answer<User>> Create(NewUser user, CancellationToken cancellation);

    /// <summary>Changes what is not null; a new password and a deactivation revoke all sign-ins of theirs with it. Or NotFound, Invalid.</summary>
    Task<Answer<User>> Change(UserId id, UserChange change, CancellationToken cancellation);

    /// <summary>The user is there, or not any more: then everybody sees them as offline, whatever they say of themselves.</summary>
    Task SetPresent(UserId id, bool present, CancellationToken cancellation);

    /// <summary>What a user prefers.</summary>
    Task<UserPreferences> Preferences(UserId id, CancellationToken cancellation);
}

/// <summary>Somebody who showed the right password.</summary>
/// <param name="Credential">Names the password they showed, and tells nothing of it: a sign-in is kept only while they have no other.</param>
public sealed record Authenticated(User User, string Credential);

/// <summary>A user to be made.</summary>
/// <param name="Username">Unique, of <c>[a-z0-9._-]</c>, 1 to 64 characters (<see cref="UsernameMax"/>).</param>
/// <param name="Password">8 to 128 characters; null for the bot, which never signs in.</param>
/// <param name="By">Who makes it; null for the service itself.</param>
/// <param name="OperationId">Of theirs, at most 64 characters; a repeat within 10 minutes makes no second one.</param>
public sealed record NewUser(
    string Username, string DisplayName, UserRole Role, string? Password, UserId? By = null, string? OperationId = null)
{
    /// <summary>Characters a username has at most.</summary>
    public const int UsernameMax = 64;
}

/// <summary>What shall be different about a user; null leaves a thing as it is.</summary>
public sealed record UserChange(
    string? DisplayName = null,
    UserRole? Role = null,
    UserStatus? Status = null,
    bool? Deactivated = null,
    string? Password = null,
    UserPreferences? Preferences = null);

/// <summary>What a user prefers.</summary>
/// <param name="Ringing">Whether incoming calls ring.</param>
/// <param name="RingTone">The tone's name.</param>
public sealed record UserPreferences(bool Ringing, string RingTone);
