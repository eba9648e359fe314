using System.Collections.Concurrent;

namespace Calls.Orleans.Embedded.Tests.Grains;

/// <summary>What grains did, in order. On either host the silo runs in the tests' own process, so both see this.</summary>
public static class Journal
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> s_notes = new();

    public static void Note(string about, string what) => s_notes.GetOrAdd(about, _ => new()).Enqueue(what);

    public static string[] Of(string about) => s_notes.TryGetValue(about, out var notes) ? [.. notes] : [];
}

/// <summary>Places where a grain waits until its test lets it pass.</summary>
public static class Gates
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> s_gates = new();

    public static Task Pass(string name) => Get(name).Task;

    public static void Open(string name) => Get(name).TrySetResult();

    private static TaskCompletionSource Get(string name) =>
        s_gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
