using System.Security.Cryptography;
using System.Text;

namespace Calls.MediaNode.Control;

/// <summary>The secrets that let somebody command this node. None: nobody can.</summary>
internal sealed class NodeKeys(IEnumerable<string> keys)
{
    private const string Scheme = "Bearer ";

    private readonly byte[][] _digests = [.. keys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    /// <summary>Compares in a time that depends neither on the key nor on how much of it is right.</summary>
    public bool Accepts(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) { return false; }

        var offered = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()));
        var accepted = false;
        foreach (var digest in _digests) { accepted |= CryptographicOperations.FixedTimeEquals(digest, offered); }

        return accepted;
    }
}
