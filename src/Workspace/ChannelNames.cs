using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

/// <summary>What channels are called: by their own name, or by the people in them.</summary>
internal static class ChannelNames
{
    private const int NameMax = 64;
    private const int HashDigits = 40; // 160 bits: two different groups never share a name.
    private const string DirectPrefix = "direct-";
    private const string GroupPrefix = "group-";
    private static readonly SearchValues<char> s_letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Why a channel cannot be given this name; null when it can. What begins as the names of conversations between people do is theirs.</summary>
    public static string? Check(string? name) =>
        name is not { Length: > 0 and <= NameMax } || name.AsSpan().ContainsAnyExcept(s_letters)
            ? $"A channel's name has 1 to {NameMax} letters of a-z, 0-9 and hyphen."
        : name.StartsWith(DirectPrefix, StringComparison.Ordinal) || name.StartsWith(GroupPrefix, StringComparison.Ordinal)
            ? $"A channel's name does not begin with {DirectPrefix} or {GroupPrefix}."
        : null;

    /// <summary>The name that the same people always lead to.</summary>
    public static string OfPeople(ChannelKind kind, IEnumerable<UserId> people)
    {
        var ids = string.Join(',', people.Select(user => user.Value).Order(StringComparer.Ordinal));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids)));
        return (kind == ChannelKind.Direct ? DirectPrefix : GroupPrefix) + hash[..HashDigits];
    }

    /// <summary>The people of direct and group channels, by channel.</summary>
    public static async Task<ILookup<string, UserRow>> PeopleOf(
        WorkspaceDb db, IEnumerable<ChannelRow> channels, CancellationToken cancellation)
    {
        var ids = channels.Where(channel => channel.IsBetweenPeople).Select(channel => channel.Id).ToList();
        var people = await db.Memberships.AsNoTracking()
            .Where(membership => ids.Contains(membership.ChannelId))
            .Join(db.Users, membership => membership.UserId, user => user.Id, (membership, user) => new { membership.ChannelId, user })
            .ToListAsync(cancellation);
        return people.OrderBy(pair => pair.user.DisplayName, StringComparer.OrdinalIgnoreCase).ToLookup(pair => pair.ChannelId, pair => pair.user);
    }

    /// <summary>The name shown to one member, or to nobody in particular.</summary>
    public static string Shown(ChannelRow channel, ILookup<string, UserRow> people, UserId? viewer)
    {
        if (!channel.IsBetweenPeople) { return channel.DisplayName; }

        return string.Join(", ", people[channel.Id].Where(user => user.Id != viewer?.Value).Select(user => user.DisplayName));
    }
}
