using Calls.Contracts.Workspace;
using Calls.Workspace.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calls.Workspace;

/// <summary>Puts the workspace into a program.</summary>
public static class WorkspaceRegistration
{
    /// <summary>Registers <see cref="IWorkspace"/> and <see cref="IRecords"/>. Expects <c>TimeProvider</c> or registers the system's.</summary>
    public static IServiceCollection AddCallsWorkspace(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(ReadWorkspaceOptions(configuration));
        services.AddSingleton<WorkspaceDatabase>();
        services.AddSingleton<WorkspaceFeed>();
        services.AddSingleton<IPasswordHasher<UserRow>, PasswordHasher<UserRow>>();
        services.AddSingleton<Operations>();
        services.AddSingleton<Files>();
        services.AddSingleton<IUsers, Users>();
        services.AddSingleton<IChannels, Channels>();
        services.AddSingleton<IPosts, Posts>();
        services.AddSingleton<IFiles>(provider => provider.GetRequiredService<Files>());
        services.AddSingleton<IWorkspaceFeed>(provider => provider.GetRequiredService<WorkspaceFeed>());
        services.AddSingleton<IWorkspace, LocalWorkspace>();
        services.AddSingleton<IRecords, Records>();
        services.AddSingleton<DemoWorkspace>();
        services.AddHostedService<FileSweep>();
        return services;
    }

    /// <summary>The options as they stand in the configuration; <see cref="WorkspaceOptions.Problems"/> says what is wrong with them.</summary>
    public static WorkspaceOptions ReadWorkspaceOptions(IConfiguration configuration)
    {
        var defaults = new WorkspaceOptions();
        return new WorkspaceOptions
        {
            Provider = Text("Calls:Database:Provider", defaults.Provider),
            ConnectionString = Text("Calls:Database:ConnectionString", defaults.ConnectionString),
            Data = Text("Calls:Data", defaults.Data),
            Seed = Text("Calls:Workspace:Seed", defaults.Seed),
            FileBytesMax = configuration.GetValue("Calls:Files:BytesMax", defaults.FileBytesMax),
            FileUnpostedMax = configuration.GetValue("Calls:Files:UnpostedMax", defaults.FileUnpostedMax),
        };

        string Text(string name, string otherwise) => configuration[name] is { Length: > 0 } given ? given : otherwise;
    }

    /// <summary>Migrates the database and, at the first start, plants the seed.</summary>
    public static async Task<PreparedWorkspace> PrepareWorkspace(this IServiceProvider services, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<WorkspaceOptions>();
        await services.GetRequiredService<WorkspaceDatabase>().Migrate(cancellation);
        var seed = services.GetRequiredService<DemoWorkspace>();
        await seed.PlantBot(cancellation);
        var isDemo = options.Seed == "demo";
        var adminPassword = isDemo ? null : await seed.PlantEmpty(cancellation);
        if (isDemo) { await seed.PlantDemo(cancellation); }

        return new PreparedWorkspace(adminPassword, isDemo ? DemoWorkspace.Password : null);
    }
}

/// <summary>What a start has to print about the workspace.</summary>
/// <param name="NewAdminPassword">Of the user <c>admin</c>, made by this start of an empty workspace; told once. Null otherwise.</param>
/// <param name="DemoPassword">Everybody's, in a demo workspace; null otherwise.</param>
public sealed record PreparedWorkspace(string? NewAdminPassword, string? DemoPassword);
