using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Calls.Gateway.Tests.Host;

/// <summary>Every line that a program logs, with everything that a sink could write of it.</summary>
internal sealed class KeptLogs : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(KeptLogs kept, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => kept._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var parts = new List<string> { $"{logLevel} {category} {formatter(state, exception)} {exception}" };
            Add(parts, state);
            kept._scopes.ForEachScope((scope, _) => Add(parts, scope), 0);
            kept.Lines.Enqueue(string.Join(" | ", parts));
        }

        private static void Add(List<string> parts, object? state) => parts.Add(
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values) : $"{state}");
    }
}
