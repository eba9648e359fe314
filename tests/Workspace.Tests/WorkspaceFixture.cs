using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Calls.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Workspace.Tests;

/// <summary>A demo workspace in a database of its own.</summary>
public abstract class WorkspaceFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calls-workspace-").FullName;
    private ServiceProvider? _services;

    internal ManualTime Time { get; } = new();

    internal IServiceProvider Services => _services!;

    internal IWorkspace Workspace => Services.GetRequiredService<IWorkspace>();

    internal IRecords Records => Services.GetRequiredService<IRecords>();

    public virtual async Task InitializeAsync()
    {
        _services = Open();
        await Prepare(_services);
    }

    protected virtual Task Prepare(IServiceProvider services) => services.PrepareWorkspace(default);

    public virtual async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The same data as another process would open it.</summary>
    internal ServiceProvider Open()
    {
        var settings = Settings();
        settings["Calls:Data"] = _folder;
        settings["Calls:Workspace:Seed"] = "demo";
        settings["Calls:Files:BytesMax"] = "1000";
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddCallsWorkspace(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    internal async Task<User> User(string name) => (await Workspace.Users.FindByName(name, default))!;

    internal async Task<ChannelId> Channel(string user, string name) =>
        (await Workspace.Channels.ListOf((await User(user)).Id, new PageRequest(null, 200), default))
        .Items.First(channel => channel.Name == name).Id;

    internal async Task<Post> Write(ChannelId channel, string author, string text, PostId? thread = null, string? operation = null)
    {
        var answer = await Workspace.Posts.Create(
            new NewPost(channel, thread, (await User(author)).Id, PostType.Text, text, [], [], operation), default);
        Assert.Equal(Answer.Accepted, answer.Plain);
        return answer.Value!;
    }

    protected abstract Dictionary<string, string?> Settings();
}

/// <summary>On a file.</summary>
public sealed class SqliteFixture : WorkspaceFixture
{
    protected override Dictionary<string, string?> Settings() => [];
}

/// <summary>On a real PostgreSQL, started for these tests.</summary>
public sealed class PostgresFixture : WorkspaceFixture
{
    private PostgresServer? _server;

    public override async Task InitializeAsync()
    {
        _server = await PostgresServer.Start();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
        await _server!.DisposeAsync();
    }

    /// <summary>Two processes start at once on the new database, and one of them plants: a failure fails every test here.</summary>
    protected override async Task Prepare(IServiceProvider services)
    {
        await using var other = Open();
        await Task.WhenAll(services.PrepareWorkspace(default), other.PrepareWorkspace(default));
    }

    protected override Dictionary<string, string?> Settings() => new()
    {
        ["Calls:Database:Provider"] = "postgres",
        ["Calls:Database:ConnectionString"] = _server!.ConnectionString,
    };
}
