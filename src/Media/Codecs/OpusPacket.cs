namespace Calls.Media.Codecs;

/// <summary>What the first bytes of an Opus packet say of it, without decoding (RFC 6716 §3).</summary>
/// <param name="Frames">Frames in the packet, 1 to 48.</param>
/// <param name="Ticks">The packet's duration in ticks of the 48 kHz RTP clock, at most 120 ms.</param>
public readonly record struct OpusPacket(int Frames, int Ticks)
{
    private const int TicksMax = 5760;      // 120 ms (RFC 6716 §3.2.5, requirement 5)
    private const int FrameCountMask = 0x3f;
    private const int HybridFrom = 12;      // configurations 0-11 are SILK, 12-15 hybrid, 16-31 CELT (table 2)
    private const int CeltFrom = 16;

    /// <summary>Reads the table-of-contents byte and the frame count. False if the packet breaks a rule of RFC 6716 §3.4 that can be
    /// seen there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out OpusPacket packet)
    {
        packet = default;
        if (payload.IsEmpty)
        {
            return false;
        }

        var frames = (payload[0] & 3) switch
        {
            0 => 1,
            1 => payload.Length % 2 == 1 ? 2 : 0,   // two frames of equal size
            2 => payload.Length > 1 ? 2 : 0,
            _ => payload.Length > 1 ? payload[1] & FrameCountMask : 0,
        };
        var ticks = frames * TicksPerFrame(payload[0] >> 3);
        if (ticks is 0 or > TicksMax)
        {
            return false;
        }

        packet = new OpusPacket(frames, ticks);
        return true;
    }

    private static int TicksPerFrame(int configuration) => configuration switch
    {
        < HybridFrom => (configuration % 4) switch { 0 => 480, 1 => 960, 2 => 1920, _ => 2880 },   // 10, 20, 40, 60 ms
        < CeltFrom => configuration % 2 == 0 ? 480 : 960,                                          // 10, 20 ms
        _ => 120 << (configuration % 4),                                                           // 2.5, 5, 10, 20 ms
    };
}
