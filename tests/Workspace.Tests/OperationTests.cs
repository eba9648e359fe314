using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

public sealed class OperationsOnSqlite(SqliteFixture fixture) : OperationTests(fixture), IClassFixture<SqliteFixture>;

public sealed class OperationsOnPostgres(PostgresFixture fixture) : OperationTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>A retry may reach another process than the first try did.</summary>
public abstract class OperationTests(WorkspaceFixture fixture)
{
    private const string Operation = "op-1";

    [Fact]
    public async Task A_repeated_operation_makes_no_second_channel_in_any_process_for_ten_minutes()
    {
        var (alice, bob) = ((await fixture.User("alice")).Id, (await fixture.User("bob")).Id);
        await using var other = fixture.Open();
        var channel = new NewChannel(ChannelKind.Private, "made-once", null, [], Operation);

        var made = await Race(workspace => workspace.Channels.Create(channel, alice, default), other);

        var again = await other.GetRequiredService<IWorkspace>().Channels.Create(channel with { Name = "another-name" }, alice, default);
        Assert.Equal(made.Id, again.Value!.Id);
        Assert.Equal(Refusal.Invalid, (await fixture.Workspace.Channels.Create(channel, bob, default)).Refusal);
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Refusal.Invalid, (await fixture.Workspace.Channels.Create(channel, alice, default)).Refusal);
    }

    [Fact]
    public async Task A_repeated_operation_makes_no_second_user_in_any_process_for_ten_minutes()
    {
        var admin = (await fixture.User("admin")).Id;
        await using var other = fixture.Open();
        var user = new NewUser("made.once", "Once", UserRole.Member, "password-1", admin, Operation);

        var made = await Race(workspace => workspace.Users.Create(user, default), other);

        Assert.Equal("made.once", made.Username);
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Refusal.Invalid, (await fixture.Workspace.Users.Create(user, default)).Refusal);
    }

    [Fact]
    public async Task A_repeated_operation_keeps_no_second_file_in_any_process_for_ten_minutes()
    {
        var alice = (await fixture.User("alice")).Id;
        await using var other = fixture.Open();
        Task<Answer<Contracts.Workspace.FileInfo>> Add(IWorkspace workspace) =>
            workspace.Files.Add(alice, "once.txt", "text/plain", new MemoryStream([1, 2, 3]), Operation, default);

        var made = await Race(Add, other);

        Assert.Equal(3, made.Bytes);
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.NotEqual(made.Id, (await Add(fixture.Workspace)).Value!.Id);
    }

    [Fact]
    public async Task An_operation_id_has_its_limits()
    {
        var alice = (await fixture.User("alice")).Id;
        var tooLong = new string('x', 65);

        Assert.Equal(Refusal.Invalid, (await fixture.Workspace.Channels.Create(
            new NewChannel(ChannelKind.Private, "never-made", null, [], tooLong), alice, default)).Refusal);
        Assert.Equal(Refusal.Invalid, (await fixture.Workspace.Users.Create(
            new NewUser("never.made", "Never", UserRole.Member, "password-1", alice, tooLong), default)).Refusal);
        Assert.Equal(Refusal.Invalid, (await fixture.Workspace.Files.Add(
            alice, "never.txt", "text/plain", new MemoryStream([1]), tooLong, default)).Refusal);
    }

    // The same wish at once in two processes, and once more in each; returns the one thing that was made.
    private async Task<T> Race<T>(Func<IWorkspace, Task<Answer<T>>> make, IServiceProvider other)
        where T : class
    {
        IWorkspace[] workspaces = [fixture.Workspace, other.GetRequiredService<IWorkspace>()];
        var answers = (await Task.WhenAll(workspaces.Select(make))).ToList();
        foreach (var workspace in workspaces) { answers.Add(await make(workspace)); }

        Assert.All(answers, answer => Assert.Equal(Answer.Accepted, answer.Plain));
        return Assert.Single(answers.Select(answer => answer.Value!).ToHashSet());
    }
}
