using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Calls.Contracts.Ids;

/// <summary>The text form all ids share: <c>kind_</c> + 26 characters of RFC 4648 base32 in lower case (128 bits).</summary>
public static class IdText
{
    /// <summary>Bytes of entropy that one id takes.</summary>
    public const int EntropyBytes = 16;

    private const int DigitCount = 26;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>Makes a new id of the kind from <see cref="EntropyBytes"/> random bytes.</summary>
    /// <exception cref="ArgumentException">The entropy has another length.</exception>
    public static TId Create<TId>(ReadOnlySpan<byte> entropy) where TId : struct, IId<TId>
    {
        if (entropy.Length != EntropyBytes) { throw new ArgumentException($"An id takes {EntropyBytes} bytes.", nameof(entropy)); }

        Span<char> digits = stackalloc char[DigitCount];
        for (var i = 0; i < DigitCount; i++)
        {
            var bit = i * 5;
            var twoBytes = (entropy[bit / 8] << 8) | (bit / 8 + 1 < EntropyBytes ? entropy[bit / 8 + 1] : 0);
            digits[i] = Alphabet[(twoBytes >> (11 - bit % 8)) & 31];
        }

        return TId.From(string.Concat(TId.Kind, "_", digits));
    }

    /// <summary>Reads an id of the kind; false for anything else, null included.</summary>
    public static bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id) where TId : struct, IId<TId>
    {
        var prefix = TId.Kind.Length + 1;
        var wellFormed = text is not null
            && text.Length == prefix + DigitCount
            && text[prefix - 1] == '_'
            && text.StartsWith(TId.Kind, StringComparison.Ordinal)
            && text.AsSpan(prefix).IndexOfAnyExcept(Digits) < 0;
        id = wellFormed ? TId.From(text!) : default;
        return wellFormed;
    }
}
