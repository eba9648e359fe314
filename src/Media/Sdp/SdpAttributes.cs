namespace Calls.Media.Sdp;

/// <summary>
/// The <c>a=</c> lines of a session or of one of its media lines, by name: an offer may have thousands, and must not take time by
/// the square of them.
/// </summary>
internal sealed class SdpAttributes
{
    private readonly Dictionary<string, List<string>> _values = [];

    /// <summary>Who sends, as the first line about that says; null if none does.</summary>
    internal SdpDirection? Direction { get; private set; }

    /// <summary>Adds a line: what stands before the colon, and what behind it; empty for a flag.</summary>
    internal void Add(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty && Direction is null && SdpDirections.TryParse(name, out var direction)) { Direction = direction; }

        if (!_values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var values))
        {
            values = _values[name.ToString()] = [];
        }

        values.Add(value.ToString());
    }

    internal bool Has(string name) => _values.ContainsKey(name);

    internal string? First(string name) => _values.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>The values of all lines of that name, in their order.</summary>
    internal IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? values : [];
}
