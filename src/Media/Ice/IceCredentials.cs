using System.Text;

namespace Calls.Media.Ice;

/// <summary>
/// Our username fragment and password for one peer and one ICE generation (row ICE8). The first character of the fragment
/// names the thread that owns the session, so that a check that lands elsewhere finds its owner without a shared table.
/// </summary>
public sealed class IceCredentials
{
    /// <summary>Length of the fragment: one for the thread, eleven (66 bits) nobody can guess while a check is answered.</summary>
    public const int FragmentLength = 12;

    /// <summary>Length of the password: 192 bits; RFC 8445 §5.3 asks for 128.</summary>
    public const int PasswordLength = 32;

    /// <summary>Bytes of entropy that <see cref="Create"/> takes.</summary>
    public const int EntropyBytes = FragmentLength - 1 + PasswordLength;

    /// <summary>A fragment's first character can name no more threads.</summary>
    public const int ThreadsMax = 64;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly byte[] _fragment;
    private readonly byte[] _password;

    private IceCredentials(string fragment, string password)
    {
        Fragment = fragment;
        Password = password;
        _fragment = Encoding.ASCII.GetBytes(fragment);
        _password = Encoding.ASCII.GetBytes(password);
    }

    /// <summary>The username fragment.</summary>
    public string Fragment { get; }

    /// <summary>The password.</summary>
    public string Password { get; }

    /// <summary>The fragment as it stands in a check.</summary>
    public ReadOnlySpan<byte> FragmentBytes => _fragment;

    /// <summary>The password as it signs.</summary>
    public ReadOnlySpan<byte> PasswordBytes => _password;

    /// <summary>Credentials out of <see cref="EntropyBytes"/> bytes from a cryptographic source.</summary>
    /// <exception cref="ArgumentException">Too little entropy.</exception>
    public static IceCredentials Create(ReadOnlySpan<byte> entropy, int thread)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)thread, (uint)ThreadsMax, nameof(thread));
        if (entropy.Length < EntropyBytes) { throw new ArgumentException("Too little entropy.", nameof(entropy)); }

        Span<char> text = stackalloc char[EntropyBytes];
        for (var i = 0; i < text.Length; i++) { text[i] = Alphabet[entropy[i] & 63]; }   // 256 is a multiple of 64: no bias
        return new IceCredentials(
            Alphabet[thread] + text[..(FragmentLength - 1)].ToString(),
            text[(FragmentLength - 1)..].ToString());
    }

    /// <summary>The thread a fragment names; -1 if it names none.</summary>
    public static int ThreadOf(ReadOnlySpan<byte> fragment) => fragment.IsEmpty ? -1 : Alphabet.IndexOf((char)fragment[0]);
}
