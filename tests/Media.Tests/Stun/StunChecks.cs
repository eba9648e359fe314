using Calls.Media.Ice;
using Calls.Media.Stun;

namespace Calls.Media.Tests.Stun;

/// <summary>Checks as a browser writes them, and what tests need to break them.</summary>
internal static class StunChecks
{
    internal static byte[] TransactionId { get; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    internal static IceCredentials Ours { get; } = Credentials(1);

    internal static IceCredentials Credentials(byte seed, int thread = 3) =>
        IceCredentials.Create([.. Enumerable.Range(0, IceCredentials.EntropyBytes).Select(i => (byte)((i * 7) + seed))], thread);

    internal static byte[] Check(IceCredentials credentials, bool nominate = false, params StunAttribute[] extra) =>
        Write(credentials.Fragment + ":peer", credentials.PasswordBytes, nominate, extra);

    internal static byte[] Write(string? username, ReadOnlySpan<byte> password, bool nominate, params StunAttribute[] extra)
    {
        Span<byte> into = stackalloc byte[512];
        var writer = new StunWriter(into, StunMessageKind.BindingRequest, TransactionId);
        if (username is not null) { writer.Add(StunAttribute.Username, System.Text.Encoding.ASCII.GetBytes(username)); }
        writer.Add(StunAttribute.Priority, [0x6E, 0, 1, 0xFF]);
        if (nominate) { writer.Add(StunAttribute.UseCandidate, default); }
        foreach (var attribute in extra) { writer.Add(attribute, [0, 0, 0, 0, 0, 0, 0, 1]); }
        if (!password.IsEmpty) { writer.AddIntegrity(password); }
        writer.AddFingerprint();
        return into[..writer.Bytes].ToArray();
    }
}
