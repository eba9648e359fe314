namespace Calls.Workspace.Rows;

internal sealed class SignInRow
{
    /// <summary>SHA-256 of the token, in hexadecimal: who reads the database still cannot sign in.</summary>
    public required string TokenHash { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
