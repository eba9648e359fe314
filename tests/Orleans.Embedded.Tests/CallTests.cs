using Calls.Orleans.Embedded.Tests.Grains;
using Calls.Support;
using Orleans.Serialization;

namespace Calls.Orleans.Embedded.Tests;

public sealed class CallTests(SharedHost host) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Each_kind_of_task_comes_back()
    {
        var echo = Echo("echo:kinds");

        await echo.Plain();
        await echo.Valued(2);
        Assert.Null(await echo.Kept());
        Assert.Null(await echo.Context("nothing"));
    }

    [Fact]
    public async Task A_change_after_sending_does_not_reach_the_grain()
    {
        var echo = Echo("echo:argument");
        var note = new Note { Lines = { "sent" } };

        await echo.Keep(note);
        note.Lines.Add("later");

        Assert.Equal(["sent"], (await echo.Kept())!.Lines);
    }

    [Fact]
    public async Task A_change_to_an_answer_does_not_reach_the_grain()
    {
        var echo = Echo("echo:answer");
        await echo.Keep(new Note { Lines = { "sent" } });

        (await echo.Kept())!.Lines.Add("changed by the caller");

        Assert.Equal(["sent"], (await echo.Kept())!.Lines);
    }

    [Fact]
    public async Task An_array_is_copied_on_the_way_in()
    {
        int[] numbers = [1, 2];

        var answer = await Echo("echo:array").KeepArray(numbers);

        Assert.Equal([2, 2], answer);
        Assert.Equal([1, 2], numbers);
    }

    [Fact]
    public async Task What_is_shared_inside_one_argument_is_shared_in_its_copy()
    {
        var note = new Note();
        note.Twin = note;

        Assert.True(await Echo("echo:twin").IsItsOwnTwin(note));
    }

    [Fact]
    public async Task An_immutable_value_arrives_whole() =>
        Assert.Equal("a b", string.Join(" ", await Echo("echo:sealed").Lines(new Sealed(["a", "b"]))));

    [Fact]
    public async Task An_exception_keeps_its_type_its_message_and_the_grains_stack()
    {
        var known = await Assert.ThrowsAsync<TravellingException>(() => Echo("echo:fail").Fail("known"));
        var platform = await Assert.ThrowsAsync<ArgumentException>(() => Echo("echo:fail").Fail("otherwise"));

        Assert.Equal("it went wrong", known.Message);
        Assert.Contains(nameof(EchoGrain), known.StackTrace, StringComparison.Ordinal);
        Assert.StartsWith("it was wrong", platform.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_that_cannot_travel_arrives_as_a_missing_codec() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(() => Echo("echo:stranded").Fail("stranded"));

    [Fact]
    public async Task A_grain_works_on_after_its_exception()
    {
        var echo = Echo("echo:after");
        await echo.Keep(new Note { Lines = { "kept" } });

        await Assert.ThrowsAsync<TravellingException>(() => echo.Fail("known"));

        Assert.Equal(["kept"], (await echo.Kept())!.Lines);
    }

    [Fact]
    public async Task A_one_way_call_arrives_and_its_exception_is_lost()
    {
        await Echo("echo:one-way").Tell("fail");

        await Eventually.True("the one-way call's arrival", () => Journal.Of("echo:one-way").Contains("fail"));
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout() =>
        await Assert.ThrowsAsync<TimeoutException>(Echo("echo:never").Never);

    [Fact]
    public async Task Request_context_flows_to_the_grain_and_on_but_never_back()
    {
        RequestContext.Set("tests.who", "me");
        var echo = Echo("echo:context");

        Assert.Equal("me", await echo.Context("tests.who"));
        Assert.Equal("me", await echo.ContextThrough(Echo("echo:context-next"), "tests.who"));
        await echo.SetContext("tests.who", "someone else");

        Assert.Equal("me", RequestContext.Get("tests.who"));
        RequestContext.Clear();
        Assert.Null(await echo.Context("tests.who"));
    }

    [Fact]
    public void A_blank_key_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => host.Grains.GetGrain<IEchoGrain>(primaryKey: null!));
        Assert.ThrowsAny<ArgumentException>(() => host.Grains.GetGrain<IEchoGrain>(" "));
    }

    [Fact]
    public void An_interface_without_a_class_is_refused() =>
        Assert.Throws<ArgumentException>(() => host.Grains.GetGrain<INobodysGrain>("nobody"));

    [Fact]
    public void References_are_equal_when_they_name_the_same_grain()
    {
        Assert.Equal(Echo("echo:equal"), Echo("echo:equal"));
        Assert.Equal(Echo("echo:equal").GetHashCode(), Echo("echo:equal").GetHashCode());
        Assert.NotEqual(Echo("echo:equal"), Echo("echo:other"));
    }

    [Fact]
    public void A_reference_knows_its_key_and_its_identity()
    {
        Assert.Equal("echo:key", Echo("echo:key").GetPrimaryKeyString());
        Assert.Equal("echo/echo:key", Echo("echo:key").GetGrainId().ToString());
    }

    private IEchoGrain Echo(string key) => host.Grains.GetGrain<IEchoGrain>(key);
}

[Alias("tests.INobodysGrain")]
public interface INobodysGrain : IGrainWithStringKey
{
    [Alias("Nothing")]
    Task Nothing();
}
