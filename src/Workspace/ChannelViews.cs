using System.Globalization;
using System.Linq.Expressions;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

/// <summary>Conversations as one member sees them, with counts.</summary>
internal static class ChannelViews
{
    /// <summary>Where the next page begins: kind and name.</summary>
    public static string Cursor(ChannelRow channel) => $"{(int)channel.Kind}{channel.Name}";

    /// <summary>The rows after the cursor, by kind and name, and what the member sees of them.</summary>
    public static async Task<(List<ChannelRow> Rows, List<ChannelView> Views)> Read(
        WorkspaceDb db,
        UserId member,
        Expression<Func<ChannelRow, bool>> which,
        string after,
        int limit,
        CancellationToken cancellation)
    {
        var (kind, name) = Parse(after);
        var found = await db.Channels.AsNoTracking()
            .Where(which)
            .Where(channel => channel.Kind > kind || (channel.Kind == kind && string.Compare(channel.Name, name) > 0))
            .Join(
                db.Memberships.Where(membership => membership.UserId == member.Value),
                channel => channel.Id,
                membership => membership.ChannelId,
                (channel, membership) => new { channel, membership })
            .OrderBy(pair => pair.channel.Kind)
            .ThenBy(pair => pair.channel.Name)
            .Take(limit)
            .Select(pair => new
            {
                pair.channel,
                pair.membership.Muted,
                pair.membership.IsAdmin,
                Members = db.Memberships.Count(other => other.ChannelId == pair.channel.Id),
                Unread = db.Posts.Count(post => post.ChannelId == pair.channel.Id
                    && post.Number > pair.membership.ReadUpTo && post.AuthorId != member.Value),
            })
            .ToListAsync(cancellation);

        var people = await ChannelNames.PeopleOf(db, found.Select(row => row.channel), cancellation);
        var views = found.Select(row => new ChannelView(
            ChannelId.From(row.channel.Id),
            row.channel.Kind,
            row.channel.Name,
            ChannelNames.Shown(row.channel, people, member),
            row.channel.Archived,
            row.Muted,
            row.IsAdmin,
            row.Members,
            row.Unread,
            IsPeer(row.channel, user => user.Deactivated),
            IsPeer(row.channel, user => user.Role == UserRole.Bot)));
        return ([.. found.Select(row => row.channel)], [.. views]);

        bool IsPeer(ChannelRow channel, Func<UserRow, bool> what) =>
            channel.Kind == ChannelKind.Direct && people[channel.Id].Any(user => user.Id != member.Value && what(user));
    }

    private static (ChannelKind Kind, string Name) Parse(string after) =>
        after.Length > 0 && int.TryParse(after[..1], NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
            ? ((ChannelKind)kind, after[1..])
            : (ChannelKind.Public, "");
}
