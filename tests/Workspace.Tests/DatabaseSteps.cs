using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Calls.Workspace.Tests;

/// <summary>
/// Lets a test come between two steps of the database: before and after each command and commit, and at a context's end, on the way of whoever takes them.
/// What it throws is thrown there, and what it waits for is waited for.
/// </summary>
internal sealed class DatabaseSteps : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<Action<DatabaseStep>?> s_watcher = new();
    private static readonly DatabaseSteps s_instance = new();

    private DatabaseSteps() => DiagnosticListener.AllListeners.Subscribe(this);

    /// <summary>Runs something, and shows its steps; those of others that run at the same time are not shown.</summary>
    public static async Task<T> Of<T>(Action<DatabaseStep> watcher, Func<Task<T>> run)
    {
        _ = s_instance;
        s_watcher.Value = watcher;
        return await run();
    }

    /// <summary>Runs something whose saving fails, as with a full disk.</summary>
    public static Task<T> OfFailing<T>(Func<Task<T>> save) => Of(
        step =>
        {
            if (step is { Kind: StepKind.Executing, IsWrite: true }) { throw new IOException("The disk is full."); }
        },
        save);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Microsoft.EntityFrameworkCore.DbLoggerCategory.Name) { value.Subscribe(this); }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (s_watcher.Value is not { } watcher) { return; }

        var text = value.Value is CommandEventData { Command.CommandText: var command } ? command : "";
        if (value.Key == RelationalEventId.CommandExecuting.Name) { watcher(new(StepKind.Executing, text)); }
        else if (value.Key == RelationalEventId.CommandExecuted.Name) { watcher(new(StepKind.Executed, text)); }
        else if (value.Key == RelationalEventId.TransactionCommitting.Name) { watcher(new(StepKind.Committing, "")); }
        else if (value.Key == RelationalEventId.TransactionCommitted.Name) { watcher(new(StepKind.Committed, "")); }
        else if (value.Key == CoreEventId.ContextDisposed.Name) { watcher(new(StepKind.Disposed, "")); }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}

internal enum StepKind
{
    Executing,
    Executed,
    Committing,
    Committed,
    Disposed,
}

/// <param name="Command">SQL; empty for a commit, and for the end of a context.</param>
internal readonly record struct DatabaseStep(StepKind Kind, string Command)
{
    public bool IsWrite => !Command.StartsWith("SELECT", StringComparison.Ordinal) && Command.Length > 0;
}
