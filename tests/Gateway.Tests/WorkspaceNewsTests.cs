using System.Runtime.CompilerServices;
using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Gateway.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests;

/// <summary>What changed reaches those who are online, whoever else cannot be reached.</summary>
public sealed class WorkspaceNewsTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task A_channel_whose_grain_hangs_holds_up_the_news_of_no_other()
    {
        var (alice, bob) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"));
        var (hung, other) = (ChannelId.From(await alice.NewChannel(bob)), ChannelId.From(await alice.NewChannel(bob)));
        await using var bobs = await bob.Connect();
        var user = (await program.Services.GetRequiredService<IWorkspace>().Users.Find(UserId.From(alice.Id), default))! with { DisplayName = "A new name" };
        using var news = ActivatorUtilities.CreateInstance<WorkspaceNews>(
            program.Services,
            Between<IWorkspace>.Of(program.Services.GetRequiredService<IWorkspace>(), (method, _, pass) =>
                method.Name == "get_" + nameof(IWorkspace.Feed)
                    ? new Feed(
                        new WorkspaceChange(hung, null, new CallEvent.PostDeleted(PostId.From("post_" + new string('a', 26)), null)),
                        new WorkspaceChange(other, null, new CallEvent.PostDeleted(PostId.From("post_" + new string('b', 26)), null)),
                        new WorkspaceChange(null, null, new CallEvent.UserChanged(user)))
                    : pass()),
            Between<IGrainFactory>.Of(program.Services.GetRequiredService<IGrainFactory>(), (_, arguments, pass) =>
                arguments[0] is string key && key == hung.Value ? Between<IChannelGrain>.Of((IChannelGrain)pass()!, Silent) : pass()));

        await news.StartAsync(default);

        await bobs.Hears("post_deleted", data => data.GetProperty("postId").GetString()!.EndsWith('b'));
        await bobs.Hears("user_changed", data => data.GetProperty("user").GetProperty("displayName").GetString() == "A new name");
        await news.StopAsync(default);

        static object Silent(System.Reflection.MethodInfo method, object?[] arguments, Func<object?> pass) =>
            method.Name == nameof(IChannelGrain.Gateways)
                ? new TaskCompletionSource<System.Collections.Immutable.ImmutableArray<Contracts.Gateways.GatewaySubscription>>().Task
                : new TaskCompletionSource().Task;
    }

    private sealed class Feed(params WorkspaceChange[] changes) : IWorkspaceFeed
    {
        public async IAsyncEnumerable<WorkspaceChange> Read([EnumeratorCancellation] CancellationToken cancellation)
        {
            foreach (var change in changes)
            {
                await Task.Yield();
                yield return change;
            }
        }
    }
}
