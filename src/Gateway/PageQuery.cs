using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;

namespace Calls.Gateway;

/// <summary>The page that a list request asks for: <c>?after=</c> and <c>?limit=</c>.</summary>
internal readonly record struct PageQuery(string? After, int? Limit)
{
    private const int CursorMax = 200;

    /// <summary>The request; or why it is malformed.</summary>
    public Answer<PageRequest> Read() => this switch
    {
        { Limit: < 1 or > PageRequest.LimitMax } => Answer<PageRequest>.Refuse(Refusal.Invalid, $"limit is 1 to {PageRequest.LimitMax}."),
        { After.Length: > CursorMax } => Answer<PageRequest>.Refuse(Refusal.Invalid, "after is no cursor of this list."),
        _ => new PageRequest(After, Limit ?? PageRequest.DefaultLimit),
    };
}
