using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Calls.Silo;

/// <summary>The program cannot start, and the message is the one line that says why and what to do.</summary>
internal sealed class StartupException(string line) : Exception(line)
{
    /// <summary>The lines for an error that an operator can mend; null for a bug, which keeps its stack trace.</summary>
    public static IReadOnlyList<string>? Explain(Exception error, IConfiguration? configuration) => error switch
    {
        StartupException known => [known.Message],
        OptionsValidationException invalid => [.. invalid.Failures.Distinct()],
        IOException { InnerException: AddressInUseException } => [
            $"{configuration?["Calls:Listen"] ?? Addresses.DefaultListen} is in use by another program: "
            + $"stop that, or choose another address with --listen. ({error.Message})"],
        IOException { InnerException: SocketException } or SocketException => [
            $"Cannot listen: {error.Message} Choose another address with --listen or --media:port."],
        DllNotFoundException missing => [$"A library is missing: {missing.Message.Split('\n')[0]}"],
        UnauthorizedAccessException denied => [
            $"{denied.Message} Choose a folder that this user may write with --data."],
        FormatException malformed => [malformed.Message],
        AggregateException { InnerExceptions: [var single] } => Explain(single, configuration),
        _ => null,
    };
}
