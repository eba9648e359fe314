using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Calls.Gateway.Admin;

namespace Calls.Silo.Settings;

/// <summary>The catalogue's settings with their values, and the way to change them while the program runs.</summary>
internal sealed class LiveSettings(ChangedSettings changed, SettingsRefresh refresh, IConfiguration configuration, IRecords records) : ISettings
{
    public ImmutableArray<Setting> All() => [.. OptionCatalogue.Entries.Select(Of)];

    public async Task<Answer> Change(ImmutableDictionary<string, string?> changes, CancellationToken cancellation)
    {
        // 1. May each be changed at all?
        var known = changes.Select(change => (Entry: OptionCatalogue.Find(change.Key), change.Key, change.Value)).ToList();
        foreach (var (entry, name, value) in known)
        {
            if (Refuse(entry, name, value) is { } why) { return Answer.Refuse(Refusal.Invalid, why); }
        }

        // 2. Would the program start with them?
        var wanted = known.Where(change => change.Value is not null).Select(change => KeyValuePair.Create(change.Entry!.Name, change.Value!));
        if (SettingChecks.Problems(configuration, wanted) is { IsEmpty: false } problems)
        {
            return Answer.Refuse(Refusal.Invalid, string.Join(' ', problems));
        }

        // 3. Kept, then in force here; the other processes find them.
        await records.SetSettings(known.ToImmutableDictionary(change => change.Entry!.Name, change => change.Value), cancellation);
        await refresh.Look(cancellation);
        return Answer.Accepted;
    }

    private static string? Refuse(OptionEntry? entry, string name, string? value) => entry switch
    {
        null => $"{name} is no setting.",
        { IsSecret: true } => $"{entry.Name} is secret: set it in a file or the environment, and start the program again.",
        { Changeable: false } => $"{entry.Name} cannot be changed while the program runs: set it in a file or the environment, and start it again.",
        _ when value is "" => $"{entry.Name} is empty; allowed: {entry.Allowed}, or null for what was given at the start.",
        _ when value?.Contains('\0', StringComparison.Ordinal) == true => $"{entry.Name} holds a NUL; allowed: {entry.Allowed}.",
        _ when value?.Contains(SettingText.Hidden, StringComparison.Ordinal) == true => $"{entry.Name} has a secret left out; write it again.",
        _ => null,
    };

    private Setting Of(OptionEntry entry)
    {
        var section = configuration.GetSection(OptionCatalogue.Prefix + entry.Name);
        var source = changed.Values.ContainsKey(entry.Name) ? SettingSource.Changed
            : section.Exists() ? SettingSource.Given
            : SettingSource.Default;
        var value = source == SettingSource.Default ? entry.Default : SettingText.Of(section);
        return new Setting(
            entry.Name,
            entry.IsSecret && value.Length > 0 ? SettingText.Hidden : value,
            entry.Default,
            entry.Allowed,
            entry.Meaning,
            source,
            entry.Changeable);
    }
}
