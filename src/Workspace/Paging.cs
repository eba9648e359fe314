using System.Globalization;
using Calls.Contracts.Workspace;

namespace Calls.Workspace;

/// <summary>Pages of lists. A cursor is the sort key of the page's last item; one that cannot be read counts as none.</summary>
internal static class Paging
{
    public static int Limit(this PageRequest page) => Math.Clamp(page.Limit, 1, PageRequest.LimitMax);

    public static long? AfterNumber(this PageRequest page) =>
        long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // PostgreSQL takes no NUL in a text, and no cursor of ours has a control character.
    public static string AfterText(this PageRequest page) =>
        page.After is { } after && !after.Any(char.IsControl) ? after : "";

    /// <summary>Cuts a page from rows of which one more than the limit was read.</summary>
    public static Page<TItem> Cut<TRow, TItem>(
        this IReadOnlyList<TRow> rows, int limit, IReadOnlyList<TItem> items, Func<TRow, string> cursor) =>
        new([.. items.Take(limit)], rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
