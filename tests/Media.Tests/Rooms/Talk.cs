using Calls.Media.Datagrams;
using Calls.Media.Simulation;

namespace Calls.Media.Tests.Rooms;

/// <summary>What microphones hear, and what must be true of what is heard.</summary>
internal static class Talk
{
    /// <summary>Somebody who talks all the time, as loud as a voice is, varying as voices do.</summary>
    public static Func<MonotonicTime, int?> Always(int level = 30) => now => level + (int)(now.Microseconds / 20_000 % 5);

    /// <summary>Somebody who talks from one moment on, until another.</summary>
    public static Func<MonotonicTime, int?> Between(MonotonicTime from, MonotonicTime to, int level = 30, int? silence = 90) =>
        now => now >= from && now < to ? Always(level)(now) : silence;

    /// <summary>A room without a word, as a microphone hears it.</summary>
    public static Func<MonotonicTime, int?> Noise => now => 80 + (int)(now.Microseconds / 20_000 % 3);

    public static IEnumerable<int> SpeakersOn(this SimulatedBrowser listener, int line) =>
        listener.Heard.Where(packet => packet.Line == line).Select(packet => packet.Speaker).Distinct();

    public static int CountOf(this SimulatedBrowser listener, SimulatedBrowser speaker) =>
        listener.Heard.Count(packet => packet.Speaker == speaker.Number);

    /// <summary>
    /// Rows RTP6 and RTP7 on each line: no number twice, every number but the lost ones there, and time never standing still or
    /// going back from one number to the next.
    /// </summary>
    public static void AssertContinuous(SimulatedBrowser listener, double lossMax = 0)
    {
        foreach (var line in listener.Heard.GroupBy(packet => packet.Line))
        {
            var last = (Number: 0L, Time: 0L);
            var unwrapped = new List<(long Number, long Time)>();
            foreach (var packet in line)
            {
                last = unwrapped.Count == 0
                    ? (packet.Sequence, packet.Timestamp)
                    : (last.Number + (short)(packet.Sequence - (ushort)last.Number), last.Time + (int)(packet.Timestamp - (uint)last.Time));
                unwrapped.Add(last);
            }

            var sorted = unwrapped.OrderBy(packet => packet.Number).ToList();
            for (var i = 1; i < sorted.Count; i++)
            {
                Assert.True(sorted[i].Number > sorted[i - 1].Number, $"line {line.Key}: number {sorted[i].Number} twice");
                Assert.True(
                    sorted[i].Time >= sorted[i - 1].Time + 960,
                    $"line {line.Key}: number {sorted[i].Number} only {sorted[i].Time - sorted[i - 1].Time} ticks on");
            }

            var missing = sorted[^1].Number - sorted[0].Number + 1 - sorted.Count;
            Assert.True(missing <= lossMax * sorted.Count, $"line {line.Key}: {missing} of {sorted.Count} missing");
        }
    }
}
