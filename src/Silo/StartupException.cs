using System.Net.Sockets;
using System.Text.RegularExpressions;
using Calls.MediaNode.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Calls.Silo;

/// <summary>The program cannot start, for reasons that an operator can mend: one line each that says which, and what to do.</summary>
internal sealed partial class StartupException(params IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>The lines for an error that an operator can mend; null for a bug, which keeps its stack trace.</summary>
    public static IReadOnlyList<string>? Explain(Exception error, IConfiguration? configuration) => error switch
    {
        StartupException known => known.Lines,
        MediaNodeStartException node => node.Message.Split('\n', StringSplitOptions.TrimEntries),
        OrleansConfigurationException grains => [grains.Message],
        OptionsValidationException invalid => [.. invalid.Failures.Distinct()],
        IOException { InnerException: AddressInUseException or SocketException } busy => [
            $"{busy.Message.TrimEnd('.')}. Stop the other program, or choose another address with {Addresses.OptionIn(busy.Message, configuration)}."],
        SocketException refused => [$"Cannot listen: {refused.Message} Choose another address with --listen or --media:port."],
        DllNotFoundException missing => [$"A library is missing: {missing.Message.Split('\n')[0]}"],
        UnauthorizedAccessException denied => [$"{denied.Message} Choose a folder that this user may write with --data."],
        InvalidOperationException unreadable when Unreadable().Match(unreadable.Message) is { Success: true } match => [
            $"{match.Groups[2].Value} is '{match.Groups[1].Value}'; allowed: {OptionCatalogue.Allowed(match.Groups[2].Value)}."],
        AggregateException { InnerExceptions: [var single] } => Explain(single, configuration),
        _ => null,
    };

    // What the configuration binder says of a value of the wrong type.
    [GeneratedRegex("configuration value '(.*)' at '(.*)' to type")]
    private static partial Regex Unreadable();
}
