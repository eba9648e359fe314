using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Workspace.Rows;

internal sealed class UserRow
{
    public required string Id { get; init; }

    /// <summary>Unique, lower case.</summary>
    public required string Username { get; init; }

    public required string DisplayName { get; set; }

    public required UserRole Role { get; set; }

    /// <summary>What they say of themselves.</summary>
    public UserStatus Status { get; set; }

    /// <summary>Whether they are connected.</summary>
    public bool IsPresent { get; set; }

    public bool Deactivated { get; set; }

    /// <summary>Null: never signs in, as the bot.</summary>
    public string? PasswordHash { get; set; }

    public bool Ringing { get; set; } = true;

    public required string RingTone { get; set; }

    public User ToUser() => new(UserId.From(Id), Username, DisplayName, Role, ShownStatus, Deactivated);

    /// <summary>Names the present password to whoever is to be asked later whether it still is; null when there is none.</summary>
    public string? ToCredential() =>
        PasswordHash is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PasswordHash)));

    // The service itself is always there.
    private UserStatus ShownStatus => IsPresent || Role == UserRole.Bot ? Status : UserStatus.Offline;
}
