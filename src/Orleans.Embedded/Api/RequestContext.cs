using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>
/// Values that travel with each call and on to the calls made by it, but never back. Set by the caller: no proof of
/// who that is.
/// </summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> s_values = new();

    /// <summary>The names in use.</summary>
    public static IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    /// <summary>The names in use with their values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Values ?? [];

    internal static ImmutableDictionary<string, object>? Values
    {
        get => s_values.Value;
        set => s_values.Value = value;
    }

    /// <summary>The value of this name, or null.</summary>
    public static object? Get(string key) => Values?.GetValueOrDefault(key);

    /// <summary>Sets a value for the calls made from here on.</summary>
    public static void Set(string key, object value) =>
        Values = (Values ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Removes a value; says whether it was there.</summary>
    public static bool Remove(string key)
    {
        if (Values is not { } values || !values.ContainsKey(key)) { return false; }

        Values = values.Remove(key);
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear() => Values = null;
}
