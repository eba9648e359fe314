using Calls.Gateway;
using Calls.Grains;
using Calls.MediaNode.Telemetry;
using Calls.Silo;
using Calls.Silo.Settings;
using Calls.Workspace;

IConfiguration? configuration = null;
try
{
    // 1. What was asked for
    var line = CommandLine.Parse(args);
    if (line.WantsHelp)
    {
        Console.Out.Write(OptionCatalogue.Help());
        return 0;
    }

    // Files are read once: a value that is saved half-way or wrong would strike a running program where the settings of
    // ChangedSettings were checked before.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        ContentRootPath = AppContext.BaseDirectory,
        Args = ["--hostBuilder:reloadConfigOnChange=false"],
    });
    builder.Configuration.AddInMemoryCollection(line.Settings);
    configuration = builder.Configuration;
    var roles = Roles.Read(configuration);
    Startup.CheckWorkspace(configuration);
    DataFolder.Prepare(configuration);
    builder.WebHost.UseUrls([.. Addresses.Of(roles, configuration)]);

    // 2. The parts
    builder.AddCallsTelemetry();
    if (roles.Silo || roles.Gateway)
    {
        builder.Services.AddCallsWorkspace(configuration);
        builder.AddGrainHost(roles);
        builder.AddChangeableSettings();
    }

    if (roles.Silo)
    {
        builder.Services.AddCallsGrains(configuration);
        builder.Services.AddCallsWorkspaceNews(); // Grains write posts, also where no gateway is.
    }

    if (roles.Gateway) { builder.Services.AddCallsGateway(configuration); }

    if (roles.Media) { builder.Services.AddCallsMediaNode(configuration); }

    builder.Services.AddCallsHealth(roles);

    // 3. What answers
    var app = builder.Build();
    app.UseCallsMetrics(roles);
    app.MapCallsHealth();
    if (roles.Gateway) { app.MapCallsGateway(); }
    else if (roles.Media) { app.MapCallsMediaNode(); }

    // 4. Run
    await app.PrepareAndRun(roles);
    return 0;
}
catch (Exception error) when (StartupException.Explain(error, configuration) is { } lines)
{
    foreach (var text in lines) { await Console.Error.WriteLineAsync($"calls: {text}"); }

    return 1;
}
