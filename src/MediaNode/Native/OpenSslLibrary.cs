using System.Reflection;
using System.Runtime.InteropServices;

namespace Calls.MediaNode.Native;

/// <summary>Finds OpenSSL 3 under the name it has on this system, or says in one line that it is missing.</summary>
internal static class OpenSslLibrary
{
    public const string Ssl = "libssl.so.3";
    public const string Crypto = "libcrypto.so.3";

    private static readonly Lazy<bool> s_resolving = new(RegisterResolver);

    /// <summary>Checks that both libraries can be loaded. To be called before the first call into them.</summary>
    /// <exception cref="DllNotFoundException">One is missing; the message names it and what to do.</exception>
    public static void EnsureLoaded()
    {
        _ = s_resolving.Value;
        foreach (var library in (ReadOnlySpan<string>)[Ssl, Crypto])
        {
            if (!TryLoad(library, out _)) { throw new DllNotFoundException(MissingMessage(library)); }
        }
    }

    internal static string MissingMessage(string library) =>
        $"{library} was not found: the media node needs OpenSSL 3 for DTLS. Install it (Debian, Ubuntu: apt-get install libssl3).";

    private static bool RegisterResolver()
    {
        NativeLibrary.SetDllImportResolver(typeof(OpenSslLibrary).Assembly, Resolve);
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name is Ssl or Crypto && TryLoad(name, out var handle) ? handle : 0;

    private static bool TryLoad(string library, out nint handle)
    {
        foreach (var name in NamesOf(library))
        {
            if (NativeLibrary.TryLoad(name, out handle)) { return true; }
        }

        handle = 0;
        return false;
    }

    private static string[] NamesOf(string library) => library == Ssl
        ? [Ssl, "libssl.3.dylib", "libssl-3-x64.dll"]
        : [Crypto, "libcrypto.3.dylib", "libcrypto-3-x64.dll"];
}
