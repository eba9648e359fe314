using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Calls.Orleans.Embedded.Tests.Grains;

/// <summary>A value that may be changed after it was sent.</summary>
[GenerateSerializer]
[Alias("tests.Note")]
public sealed class Note
{
    [Id(0)]
    public List<string> Lines { get; set; } = [];

    [Id(1)]
    public Note? Twin { get; set; }
}

/// <summary>A value that can't.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tests.Sealed")]
public sealed record Sealed([property: Id(0)] ImmutableArray<string> Lines);

[GenerateSerializer]
[Alias("tests.TravellingException")]
public sealed class TravellingException : Exception
{
    public TravellingException()
    {
    }

    public TravellingException(string message)
        : base(message)
    {
    }

    public TravellingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Lacks what it needs to cross a network.</summary>
public sealed class StrandedException : Exception
{
    public StrandedException()
    {
    }

    public StrandedException(string message)
        : base(message)
    {
    }

    public StrandedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

[Alias("tests.IEchoGrain")]
public interface IEchoGrain : IGrainWithStringKey
{
    [Alias("Plain")]
    Task Plain();

    [Alias("Valued")]
    ValueTask Valued(int times);

    [Alias("Keep")]
    Task Keep(Note note);

    [Alias("Kept")]
    Task<Note?> Kept();

    [Alias("IsItsOwnTwin")]
    Task<bool> IsItsOwnTwin(Note note);

    [Alias("KeepArray")]
    Task<int[]> KeepArray(int[] numbers);

    [Alias("Lines")]
    Task<ImmutableArray<string>> Lines(Sealed value);

    [Alias("Fail")]
    Task Fail(string how);

    [OneWay]
    [Alias("Tell")]
    Task Tell(string what);

    [Alias("Context")]
    Task<string?> Context(string name);

    [Alias("ContextThrough")]
    Task<string?> ContextThrough(IEchoGrain next, string name);

    [Alias("SetContext")]
    Task SetContext(string name, string value);

    [ResponseTimeout("00:00:01")]
    [Alias("Never")]
    Task Never();
}

public sealed class EchoGrain : Grain, IEchoGrain
{
    private Note? _kept;

    public Task Plain() => Task.CompletedTask;

    public ValueTask Valued(int times) => ValueTask.CompletedTask;

    public Task Keep(Note note)
    {
        _kept = note;
        return Task.CompletedTask;
    }

    public Task<Note?> Kept() => Task.FromResult(_kept);

    public Task<bool> IsItsOwnTwin(Note note) => Task.FromResult(ReferenceEquals(note, note.Twin));

    public Task<int[]> KeepArray(int[] numbers)
    {
        numbers[0]++;
        return Task.FromResult(numbers);
    }

    public Task<ImmutableArray<string>> Lines(Sealed value) => Task.FromResult(value.Lines);

    public Task Fail(string how) => how switch
    {
        "known" => throw new TravellingException("it went wrong"),
        "stranded" => throw new StrandedException("it went wrong"),
        _ => throw new ArgumentException("it was wrong", nameof(how)),
    };

    public Task Tell(string what)
    {
        Journal.Note(this.GetPrimaryKeyString(), what);
        return what == "fail" ? throw new TravellingException("nobody hears this") : Task.CompletedTask;
    }

    public Task<string?> Context(string name) => Task.FromResult(RequestContext.Get(name) as string);

    public Task<string?> ContextThrough(IEchoGrain next, string name) => next.Context(name);

    public Task SetContext(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public Task Never() => Gates.Pass("never");
}
