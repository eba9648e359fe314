namespace Calls.Contracts.Calls;

/// <summary>One emoji, as clients name it to each other.</summary>
/// <param name="Name">Its short name, such as <c>+1</c>: 1 to 64 of <c>a-z 0-9 _ + -</c>.</param>
/// <param name="Unified">Its code points in hexadecimal, joined by hyphens, such as <c>1F44D-1F3FD</c>: 1 to 12 of 2 to 6 digits.</param>
/// <param name="Skin">The skin tone within <paramref name="Unified"/>, <c>1F3FB</c> to <c>1F3FF</c>; null for none.</param>
[GenerateSerializer, Immutable, Alias("Emoji")]
public sealed record Emoji(string Name, string Unified, string? Skin)
{
    /// <summary>Characters a name may have: the longest in use have some 40.</summary>
    public const int NameMax = 64;

    /// <summary>Code points of one emoji: a family of four with skin tones has 11.</summary>
    public const int CodePointsMax = 12;

    private static readonly string[] s_skins = ["1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF"];

    /// <summary>What is out of range, as one sentence; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        _ when Name is not { Length: > 0 and <= NameMax } || !Name.All(IsOfName) =>
            $"The emoji's name has 1 to {NameMax} characters of a-z, 0-9, _, + and -.",
        _ when Unified is null || Unified.Split('-') is not { Length: <= CodePointsMax } points || !points.All(IsCodePoint) =>
            $"The emoji's unified has 1 to {CodePointsMax} code points in hexadecimal, joined by hyphens.",
        _ when Skin is not null && !s_skins.Contains(Skin, StringComparer.OrdinalIgnoreCase) =>
            "The emoji's skin is 1F3FB to 1F3FF.",
        _ => null,
    };

    private static bool IsOfName(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '+' or '-';

    private static bool IsCodePoint(string text) => text.Length is >= 2 and <= 6 && text.All(char.IsAsciiHexDigit);
}
