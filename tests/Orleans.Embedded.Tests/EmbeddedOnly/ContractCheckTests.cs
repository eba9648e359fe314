using Orleans.Embedded;

namespace Calls.Orleans.Embedded.Tests.EmbeddedOnly;

public sealed class ContractCheckTests
{
    [Fact]
    public void This_suites_own_grains_are_in_order() =>
        Assert.Empty(ContractCheck.Problems(new GrainClasses(typeof(ContractCheckTests).Assembly.GetTypes())));

    [Theory]
    [InlineData(typeof(BrokenGrains<int>.KeylessGrain), "string keys only")]
    [InlineData(typeof(BrokenGrains<int>.WrongAnswerGrain), "returns System.Int32")]
    [InlineData(typeof(BrokenGrains<int>.StreamGrain), "returns System.Collections.Generic.IAsyncEnumerable")]
    [InlineData(typeof(BrokenGrains<int>.TokenGrain), "cancellation tokens")]
    [InlineData(typeof(BrokenGrains<int>.PropertyGrain), "no properties")]
    [InlineData(typeof(BrokenGrains<int>.UnmarkedGrain), "lacks [GenerateSerializer]")]
    [InlineData(typeof(BrokenGrains<int>.UnnumberedGrain), "Lost has no [Id]")]
    [InlineData(typeof(BrokenGrains<int>.HiddenCaseGrain), "UnmarkedCase, in the cases of")]
    [InlineData(typeof(BrokenGrains<int>.NoFreshStateGrain), "needs a constructor without parameters")]
    [InlineData(typeof(BrokenGrains<int>.PrivateStateGrain), "must be public and settable")]
    public void A_grain_that_breaks_the_rules_is_refused_with_a_sentence(Type grain, string sentence) =>
        Assert.Contains(
            ContractCheck.Problems(new GrainClasses([grain])),
            problem => problem.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void Two_grains_with_one_state_name_are_refused() => Assert.Contains(
        "their rows would be one",
        Assert.Single(ContractCheck.Problems(new GrainClasses([typeof(BrokenGrains<int>.TwinAGrain), typeof(BrokenGrains<int>.TwinBGrain)]))),
        StringComparison.Ordinal);

    [Fact]
    public void Two_grains_of_one_type_name_are_refused() => Assert.Throws<OrleansConfigurationException>(
        () => new GrainClasses([typeof(BrokenGrains<int>.TwinAGrain), typeof(BrokenGrains<int>.TwinCGrain)]));
}
