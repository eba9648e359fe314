using System.Collections.Immutable;
using Calls.Gateway;
using Calls.Grains;
using Microsoft.Extensions.Options;

namespace Calls.Silo.Settings;

/// <summary>Whether the program would start with a changed setting: the parts' own checks are asked, so that there is one rule.</summary>
internal static class SettingChecks
{
    /// <summary>What is wrong with these values on top of the present ones, a line each; empty when nothing is.</summary>
    public static ImmutableArray<string> Problems(IConfiguration present, IEnumerable<KeyValuePair<string, string>> values)
    {
        using var candidate = (ConfigurationRoot)new ConfigurationBuilder()
            .AddConfiguration(present)
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(OptionCatalogue.Prefix + value.Key, (string?)value.Value)))
            .Build();
        using var parts = new ServiceCollection().AddCallsGrainOptions(candidate).AddCallsGatewayOptions(candidate).BuildServiceProvider();
        return [.. Read<CallsGrainOptions>(parts, candidate).Concat(Read<GatewayOptions>(parts, candidate)).Distinct()];
    }

    private static IReadOnlyList<string> Read<TOptions>(ServiceProvider parts, ConfigurationRoot candidate)
        where TOptions : class
    {
        try
        {
            _ = parts.GetRequiredService<IOptions<TOptions>>().Value;
            return [];
        }
        catch (Exception error) when (StartupException.Explain(error, candidate) is { } lines)
        {
            return lines;
        }
    }
}
