using Calls.Media.Codecs;
using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>
/// How much one voice speaks, of the dominant-speaker family of Volfin and Cohen: its loudness above its own noise floor,
/// summed over a short, a medium and a long window of time (rows VOX1, VOX2, VOX8). Time counts, not packets: a DTX gap is
/// silence, a long frame counts for as long as it lasts.
/// </summary>
public sealed class VoiceScores
{
    /// <summary>The level of a packet that carries no level: see <see cref="Hear"/>.</summary>
    public const int Unclaimed = -1;

    // Levels here are −dBov as on the wire: 0 is the loudest, 127 silence.
    private const int FloorLoudest = 50;             // a steady loud sound is a voice, not a noise (VOX1)
    private const int FloorAtFirst = 60;             // an ordinary room, until this source has shown its own
    private const int FloorQuietest = 70;            // after digital silence the first rustle must not count as a voice
    private const int ActiveAboveFloor = 6;          // dB; noise varies by less, the quietest speech by more
    private const int LevelWithoutClaim = 40;        // VOX1: an ordinary voice …
    private const int SilentPayloadBytesMax = 10;    // … unless the payload is too small to carry one
    private const int LoudnessMax = 60;              // dB above the floor beyond which louder is not more speech
    private const int SteadySpread = 2;              // dB within 10 s: no living voice is that even (VOX8)

    private const int BlockMicroseconds = 20_000;    // one ordinary Opus frame
    private const int Blocks = 256;                  // a power of two above the 250 blocks of the long window
    private const int ShortBlocks = 5;               // 100 ms
    private const int MediumBlocks = 25;             // 500 ms
    private const int LongBlocks = 250;              // 5 s
    private const int BlocksPerPacketMax = 3;        // 60 ms: the longest frame in use; a longer pause is a gap

    private static readonly TimeSpan s_floorRisesEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_steadyWindow = TimeSpan.FromSeconds(10);

    private readonly byte[] _loudness = new byte[Blocks];
    private long _block = -1;
    private long _lastPacketBlock = -1;
    private int _floor = FloorAtFirst;
    private MonotonicTime _floorMayRiseAt;
    private MonotonicTime _spreadSince = MonotonicTime.Never;
    private int _spreadLow;
    private int _spreadHigh;

    /// <summary>Loudness over the last 100 ms.</summary>
    public int ShortWindow { get; private set; }

    /// <summary>Loudness over the last 500 ms.</summary>
    public int MediumWindow { get; private set; }

    /// <summary>Loudness over the last 5 s.</summary>
    public int LongWindow { get; private set; }

    /// <summary>Was the last packet above the noise floor?</summary>
    public bool IsActive { get; private set; }

    /// <summary>Were the last two packets, less than 100 ms apart, both active? One alone may be a click.</summary>
    public bool HasOnset { get; private set; }

    /// <summary>When a packet was last above the noise floor; null if none ever was.</summary>
    public MonotonicTime? LastActiveAt { get; private set; }

    /// <summary>Has the claimed level not varied for 10 s? Such a voice ranks below those that vary (row VOX8).</summary>
    public bool IsSteady { get; private set; }

    /// <summary>Takes an authenticated packet.</summary>
    /// <param name="level">Its RFC 6464 level in −dBov, or <see cref="Unclaimed"/>.</param>
    /// <param name="payloadBytes">The size of its payload, which stands in for a level that is not claimed.</param>
    /// <param name="now">The time of arrival.</param>
    public void Hear(int level, int payloadBytes, MonotonicTime now)
    {
        var heard = level != Unclaimed ? level
            : payloadBytes > SilentPayloadBytesMax ? LevelWithoutClaim : AudioLevel.Silence;
        AdvanceTo(now);
        if (level != Unclaimed) { WatchSpread(level, now); }

        var above = _floor - heard;
        MoveFloor(heard, now);
        var active = above >= ActiveAboveFloor;
        HasOnset = active && IsActive && LastActiveAt is { } last && now - last < TimeSpan.FromMilliseconds(100);
        IsActive = active;
        if (active)
        {
            LastActiveAt = now;
            Fill((byte)Math.Min(above, LoudnessMax));
        }

        _lastPacketBlock = _block;
    }

    /// <summary>Lets time pass, so that the windows end now.</summary>
    public void AdvanceTo(MonotonicTime now)
    {
        var target = now.Microseconds / BlockMicroseconds;
        if (_block < 0 || target - _block >= LongBlocks)
        {
            Array.Clear(_loudness);
            ShortWindow = MediumWindow = LongWindow = 0;
            _block = Math.Max(target, _block);
            return;
        }

        while (_block < target)
        {
            _block++;
            ShortWindow -= At(_block - ShortBlocks);
            MediumWindow -= At(_block - MediumBlocks);
            LongWindow -= At(_block - LongBlocks);
            At(_block) = 0;
        }
    }

    /// <summary>
    /// Is this voice ahead of the other in all three windows, by a margin of a quarter? Both are compared at
    /// <paramref name="now"/>. A steady voice is never ahead of one that varies, and one that varies needs no long past.
    /// </summary>
    public bool IsAheadOf(VoiceScores other, MonotonicTime now)
    {
        AdvanceTo(now);
        other.AdvanceTo(now);
        if (IsSteady != other.IsSteady) { return other.IsSteady && ShortWindow > 0; }

        return Leads(ShortWindow, other.ShortWindow) && Leads(MediumWindow, other.MediumWindow) && Leads(LongWindow, other.LongWindow);
    }

    /// <summary>Forgets everything: a voice that was muted starts afresh.</summary>
    public void Reset()
    {
        Array.Clear(_loudness);
        ShortWindow = MediumWindow = LongWindow = 0;
        IsActive = HasOnset = IsSteady = false;
        LastActiveAt = null;
        _block = _lastPacketBlock = -1;
        _floor = FloorAtFirst;
        _floorMayRiseAt = default;
        _spreadSince = MonotonicTime.Never;
    }

    private static bool Leads(int mine, int theirs) => mine > theirs + (theirs / 4);

    private ref byte At(long block) => ref _loudness[(int)(block & (Blocks - 1))];

    // The packet vouches for the time since the one before it, as far as a frame can be long.
    private void Fill(byte loudness)
    {
        var from = _lastPacketBlock < 0 || _block - _lastPacketBlock > BlocksPerPacketMax
            ? _block
            : Math.Min(_lastPacketBlock + 1, _block);
        for (var block = from; block <= _block; block++)
        {
            ref var cell = ref At(block);
            var more = loudness - cell;
            if (more <= 0) { continue; }

            cell = loudness;
            LongWindow += more;
            if (block > _block - MediumBlocks) { MediumWindow += more; }
            if (block > _block - ShortBlocks) { ShortWindow += more; }
        }
    }

    // Down at once to what was heard, up by 1 dB per half second: pauses show the floor, speech hardly moves it.
    private void MoveFloor(int heard, MonotonicTime now)
    {
        if (heard >= _floor)
        {
            _floor = Math.Min(heard, FloorQuietest);
            _floorMayRiseAt = now + s_floorRisesEvery;
        }
        else if (now >= _floorMayRiseAt)
        {
            _floor = Math.Max(Math.Max(_floor - 1, heard), FloorLoudest);
            _floorMayRiseAt = now + s_floorRisesEvery;
        }
    }

    private void WatchSpread(int level, MonotonicTime now)
    {
        if (_spreadSince == MonotonicTime.Never)
        {
            _spreadSince = now;
            _spreadLow = _spreadHigh = level;
            return;
        }

        _spreadLow = Math.Min(_spreadLow, level);
        _spreadHigh = Math.Max(_spreadHigh, level);
        if (_spreadHigh - _spreadLow >= SteadySpread)
        {
            IsSteady = false;
            if (now - _spreadSince >= s_steadyWindow) { _spreadSince = MonotonicTime.Never; }
        }
        else if (now - _spreadSince >= s_steadyWindow)
        {
            IsSteady = true;
            _spreadSince = MonotonicTime.Never;
        }
    }
}
