namespace Calls.Silo;

/// <summary>The folder that holds everything this installation must not lose.</summary>
internal static class DataFolder
{
    public const string Default = "./data";

    /// <summary>Makes the folder if need be, and proves that it can be written.</summary>
    /// <exception cref="StartupException">It cannot.</exception>
    public static void Prepare(IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["Calls:Data"] is { Length: > 0 } given ? given : Default);
        var probe = Path.Combine(folder, ".writable");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Calls:Data is '{folder}', which this user cannot write: choose another with --data.");
        }
    }
}
