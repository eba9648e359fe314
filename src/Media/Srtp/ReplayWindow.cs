using System.Runtime.CompilerServices;

namespace Calls.Media.Srtp;

/// <summary>
/// Which of the last 1,024 packet numbers of one stream have been seen (RFC 3711 §3.3.2). Opening, it refuses replays (row SRTP4);
/// sealing, it refuses to use a number twice (row SRTP6).
/// </summary>
internal struct ReplayWindow
{
    /// <summary>RFC 3711 §3.3.2 asks for 64; retransmission bursts outrun that: a second of video is 250 packets.</summary>
    public const int Packets = 1024;

    private const int WordBits = 64;

    private Words _seen;   // number n has bit n mod 1,024
    private long _next;    // one above the highest number seen; 0 while there is none

    /// <summary>True until the first number is accepted.</summary>
    public readonly bool IsEmpty => _next == 0;

    /// <summary>The highest number seen. Only if the window is not empty.</summary>
    public readonly long Highest => _next - 1;

    /// <summary>True if the number has not been seen and is not too old to tell.</summary>
    public readonly bool IsNew(long number) =>
        number >= _next || (number >= 0 && number >= _next - Packets && (_seen[WordOf(number)] & BitOf(number)) == 0);

    /// <summary>Remembers a number that is new.</summary>
    public void Accept(long number)
    {
        if (number >= _next)
        {
            Forget(Math.Max(_next, number - Packets + 1), number);
            _next = number + 1;
        }

        _seen[WordOf(number)] |= BitOf(number);
    }

    // The numbers skipped over take the places of numbers that have left the window.
    private void Forget(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            _seen[WordOf(number)] &= ~BitOf(number);
        }
    }

    private static int WordOf(long number) => (int)(number % Packets) / WordBits;

    private static ulong BitOf(long number) => 1UL << (int)(number % WordBits);

    [InlineArray(Packets / WordBits)]
    private struct Words
    {
        private ulong _first;
    }
}
