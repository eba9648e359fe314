using System.Buffers.Binary;
using Calls.Contracts.Ids;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>Ids for tests: counted, so that a failing run reads the same twice.</summary>
internal static class TestIds
{
    private static int s_last;

    public static TId New<TId>() where TId : struct, IId<TId>
    {
        var entropy = new byte[IdText.EntropyBytes];
        BinaryPrimitives.WriteInt32BigEndian(entropy, Interlocked.Increment(ref s_last));
        return IdText.Create<TId>(entropy);
    }
}
