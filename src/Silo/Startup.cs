using Calls.Silo.Settings;
using Calls.Workspace;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Calls.Silo;

/// <summary>The last steps before the program serves: tables and seed, then the sockets, then a word to whoever started it.</summary>
internal static class Startup
{
    private static volatile bool s_isDone;

    /// <summary>Whether the program serves; before that an error is a failed start.</summary>
    public static bool IsDone => s_isDone;

    /// <summary>Refuses workspace settings that cannot work, all of them at once.</summary>
    /// <exception cref="StartupException">There are some.</exception>
    public static void CheckWorkspace(IConfiguration configuration)
    {
        var problems = WorkspaceRegistration.ReadWorkspaceOptions(configuration).Problems().ToList();
        if (problems.Count > 0) { throw new StartupException([.. problems]); }
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public static async Task PrepareAndRun(this WebApplication app, Roles roles)
    {
        var workspace = roles.Silo || roles.Gateway
            ? await app.Services.PrepareWorkspace(app.Lifetime.ApplicationStopping)
            : null;
        // At once: whatever fails from here on, no later start knows it.
        if (workspace?.NewAdminPassword is { } once) { Console.Out.WriteLine($"The password of admin is {once} and is not shown again."); }

        if (workspace is not null) { await app.Services.GetRequiredService<SettingsRefresh>().Look(app.Lifetime.ApplicationStopping); }

        await app.StartAsync();
        s_isDone = true;
        if (workspace is not null) { Greet(app, workspace); }

        await app.WaitForShutdownAsync();
    }

    private static void Greet(WebApplication app, PreparedWorkspace workspace)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        Console.Out.WriteLine($"Calls is ready: {app.Configuration["Calls:BaseUrl"] ?? address}");
        if (workspace.DemoPassword is { } shared)
        {
            Console.Out.WriteLine($"Sign in as alice, bob, carol, dave, guest or admin; the password is {shared}.");
        }
        else if (workspace.NewAdminPassword is not null)
        {
            Console.Out.WriteLine("Sign in as admin, with the password above.");
        }
    }
}
