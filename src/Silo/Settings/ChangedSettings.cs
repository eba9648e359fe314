using System.Collections.Immutable;

namespace Calls.Silo.Settings;

/// <summary>Settings changed while running: the last layer of the configuration, which wins over file, environment and command line.</summary>
internal sealed class ChangedSettings : ConfigurationProvider, IConfigurationSource
{
    /// <summary>Those in force, by name without the leading <c>Calls:</c>.</summary>
    public ImmutableDictionary<string, string> Values { get; private set; } = Empty;

    public static ImmutableDictionary<string, string> Empty { get; } = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Puts these in force, in place of all there were.</summary>
    public void Take(ImmutableDictionary<string, string> values)
    {
        Values = values;
        Data = values.ToDictionary(value => OptionCatalogue.Prefix + value.Key, value => (string?)value.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }
}
