namespace Calls.Workspace;

/// <summary>What users and channels are shown as.</summary>
internal static class DisplayNames
{
    /// <summary>Why this is none; null when it is.</summary>
    public static string? Check(string name) =>
        name.Trim().Length is 0 or > WorkspaceOptions.DisplayNameMax || name.Any(char.IsControl)
            ? $"A display name has 1 to {WorkspaceOptions.DisplayNameMax} characters."
            : null;
}
