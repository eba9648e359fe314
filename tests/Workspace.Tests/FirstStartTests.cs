using Calls.Contracts.Workspace;
using Calls.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

/// <summary>The first start of an empty workspace makes the one who can make all others.</summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calls-first-").FullName;

    [Fact]
    public async Task An_admin_who_was_made_has_a_password_that_is_told_though_the_program_is_told_to_stop()
    {
        await using var services = Open();
        using var stop = new CancellationTokenSource();
        var users = 0;

        var prepared = await DatabaseSteps.Of(
            step =>
            {
                var isUser = step.Kind == StepKind.Executed && step.Command.Contains("INTO \"Users\"", StringComparison.Ordinal);
                if (isUser && ++users == 2) { stop.Cancel(); } // The bot is the first, the admin the second.
            },
            () => services.PrepareWorkspace(stop.Token));

        Assert.True(stop.IsCancellationRequested);
        var workspace = services.GetRequiredService<IWorkspace>();
        var admin = (await workspace.Users.Authenticate("admin", prepared.NewAdminPassword!, default))!.User;
        Assert.Equal(["town-square"], (await workspace.Channels.ListOf(admin.Id, new PageRequest(null), default)).Items.Select(channel => channel.Name));
        Assert.Null((await services.PrepareWorkspace(default)).NewAdminPassword);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider Open() => new ServiceCollection()
        .AddSingleton<TimeProvider>(new ManualTime())
        .AddCallsWorkspace(new ConfigurationBuilder().AddInMemoryCollection([new("Calls:Data", _folder)]).Build())
        .BuildServiceProvider();
}
