namespace Calls.Silo;

/// <summary>What was typed behind the program's name: <c>--media:port 8443</c> or <c>--media:port=8443</c> is <c>Calls:Media:Port</c>.</summary>
/// <param name="Settings">By configuration key.</param>
internal sealed record CommandLine(bool WantsHelp, IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="StartupException">An argument that is no option, or an option without a value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--help" or "-h" or "-?") { return new CommandLine(true, settings); }

            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new StartupException($"'{arguments[i]}' is no option; options begin with --, and --help lists them.");
            }

            var (name, value) = Split(arguments[i][2..]);
            if (value is null && ++i < arguments.Count) { value = arguments[i]; }

            if (value is null) { throw new StartupException($"--{name} needs a value; --help lists what is allowed."); }

            // Whoever hands a whole configuration on as arguments names its sections, too.
            if (value.Length > 0 || !OptionCatalogue.IsSection(name)) { settings[Key(name)] = value; }
        }

        return new CommandLine(false, settings);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    // Other sections, such as Logging or Kestrel, are the framework's and keep their names.
    private static string Key(string name)
    {
        var section = name.Split(':')[0];
        if (OptionCatalogue.FrameworkSections.Contains(section, StringComparer.OrdinalIgnoreCase)) { return name; }

        var key = name.StartsWith(OptionCatalogue.Prefix, StringComparison.OrdinalIgnoreCase) ? name : OptionCatalogue.Prefix + name;
        return OptionCatalogue.Knows(key)
            ? key
            : throw new StartupException($"--{name} is no option; --help lists them.");
    }
}
