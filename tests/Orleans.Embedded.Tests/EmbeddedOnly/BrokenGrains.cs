using System.Collections.Immutable;

namespace Calls.Orleans.Embedded.Tests.EmbeddedOnly;

/// <summary>Grains that break the rules. Inside a generic class, so that no host of the other tests finds them.</summary>
internal static class BrokenGrains<TNothing>
{
    public interface IKeyless : IGrain;

    public interface IWrongAnswer : IGrainWithStringKey
    {
        int Now();
    }

    public interface IStream : IGrainWithStringKey
    {
        IAsyncEnumerable<int> Numbers();
    }

    public interface IToken : IGrainWithStringKey
    {
        Task Cancel(CancellationToken token);
    }

    public interface IProperty : IGrainWithStringKey
    {
        int Value { get; }
    }

    public interface ITakes<T> : IGrainWithStringKey
    {
        Task Take(T value);
    }

    public sealed class Unmarked;

    [GenerateSerializer]
    public sealed class Unnumbered
    {
        public int Lost { get; set; }
    }

    [GenerateSerializer]
    public sealed record NoFreshState([property: Id(0)] int Value);

    [GenerateSerializer]
    public sealed record PrivateState
    {
        [Id(0)]
        internal ImmutableArray<int> Hidden { get; init; } = [];
    }

    [GenerateSerializer]
    public sealed record FineState
    {
        [Id(0)]
        public int Value { get; init; }
    }

    public sealed class KeylessGrain : Grain, IKeyless;

    public sealed class WrongAnswerGrain : Grain, IWrongAnswer
    {
        public int Now() => 0;
    }

    public sealed class StreamGrain : Grain, IStream
    {
        public IAsyncEnumerable<int> Numbers() => AsyncEnumerable.Empty<int>();
    }

    public sealed class TokenGrain : Grain, IToken
    {
        public Task Cancel(CancellationToken token) => Task.CompletedTask;
    }

    public sealed class PropertyGrain : Grain, IProperty
    {
        public int Value => 0;
    }

    public sealed class UnmarkedGrain : Grain, ITakes<ImmutableArray<Unmarked>>
    {
        public Task Take(ImmutableArray<Unmarked> value) => Task.CompletedTask;
    }

    public sealed class UnnumberedGrain : Grain, ITakes<Unnumbered>
    {
        public Task Take(Unnumbered value) => Task.CompletedTask;
    }

    internal sealed class HiddenCaseGrain : Grain, ITakes<Hierarchy>
    {
        public Task Take(Hierarchy value) => Task.CompletedTask;
    }

    public sealed class NoFreshStateGrain([PersistentState("a")] IPersistentState<NoFreshState> state) : Grain, ITakes<int>
    {
        public Task Take(int value) => Task.FromResult(state);
    }

    public sealed class PrivateStateGrain([PersistentState("b")] IPersistentState<PrivateState> state) : Grain, ITakes<int>
    {
        public Task Take(int value) => Task.FromResult(state);
    }

    public sealed class TwinAGrain([PersistentState("twin")] IPersistentState<FineState> state) : Grain, ITakes<int>
    {
        public Task Take(int value) => Task.FromResult(state);
    }

    public sealed class TwinBGrain([PersistentState("twin")] IPersistentState<FineState> state) : Grain, ITakes<int>
    {
        public Task Take(int value) => Task.FromResult(state);
    }

    [GrainType("twina")]
    public sealed class TwinCGrain : Grain, ITakes<int>
    {
        public Task Take(int value) => Task.CompletedTask;
    }
}

[GenerateSerializer]
internal abstract record Hierarchy;

internal sealed record UnmarkedCase : Hierarchy;
