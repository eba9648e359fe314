using System.Reflection;
using System.Security.Cryptography;
using Calls.Contracts.Ids;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Control;

/// <summary>Who this node is. The id lives as long as the data folder, the incarnation as long as the process.</summary>
internal sealed record NodeIdentity(MediaNodeId Id, string Incarnation, string Version, RegionName Region)
{
    private const string IdFile = "media-node-id";
    private const int IncarnationBytes = 16;

    /// <summary>Takes the configured id, or the one kept in the data folder, or makes one and keeps it.</summary>
    /// <exception cref="MediaNodeStartException">The folder cannot be written to.</exception>
    public static NodeIdentity Load(MediaNodeOptions options, string dataFolder, RegionName region) => new(
        MediaNodeId.TryParse(options.NodeId, out var configured) ? configured : LoadId(dataFolder),
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IncarnationBytes)),
        typeof(NodeIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
        region);

    private static MediaNodeId LoadId(string folder)
    {
        var path = Path.Combine(folder, IdFile);
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(path) && MediaNodeId.TryParse(File.ReadAllText(path).Trim(), out var kept)) { return kept; }

            var made = IdText.Create<MediaNodeId>(RandomNumberGenerator.GetBytes(IdText.EntropyBytes));
            File.WriteAllText(path, made.Value + Environment.NewLine);
            return made;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MediaNodeStartException(
                $"Calls:Data is {folder}; the media node cannot keep its id there: {problem.Message}", problem);
        }
    }
}
