namespace Calls.Silo;

/// <summary>Which parts this process runs.</summary>
/// <param name="Silo">Hosts the grains.</param>
/// <param name="Gateway">Terminates clients.</param>
/// <param name="Media">Forwards media.</param>
internal sealed record Roles(bool Silo, bool Gateway, bool Media)
{
    /// <summary>Reads <c>Calls:Roles</c>; nothing said means all.</summary>
    /// <exception cref="StartupException">An unknown role, none at all, or a combination this build cannot run.</exception>
    public static Roles Read(IConfiguration configuration)
    {
        var text = configuration["Calls:Roles"];
        if (string.IsNullOrWhiteSpace(text)) { return new Roles(true, true, true); }

        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0 || names.Any(name => name is not ("silo" or "gateway" or "media")))
        {
            throw new StartupException($"Calls:Roles is '{text}'; allowed: a list of silo, gateway, media.");
        }

        var roles = new Roles(names.Contains("silo"), names.Contains("gateway"), names.Contains("media"));
        if (!GrainHosting.SpansProcesses && roles.Silo != roles.Gateway)
        {
            throw new StartupException(
                "Calls:Roles parts silo from gateway, but this build keeps its grains in one process: "
                + "run both together, or build with -p:GrainHost=Orleans.");
        }

        return roles;
    }
}
