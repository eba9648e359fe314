using System.Security.Cryptography;
using Calls.Contracts.Ids;

namespace Calls.Workspace;

/// <summary>New ids.</summary>
internal static class Entropy
{
    public static TId NewId<TId>() where TId : struct, IId<TId> =>
        IdText.Create<TId>(RandomNumberGenerator.GetBytes(IdText.EntropyBytes));
}
