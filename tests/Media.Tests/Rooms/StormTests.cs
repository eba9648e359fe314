using Calls.Media.Datagrams;
using Calls.Media.Rooms;
using Calls.Media.Simulation;
using Calls.Media.Tracks;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Rooms;

/// <summary>
/// Random calls in bad weather: people come, go, mute, restart and move, all at once. Whatever happens, the promises hold.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_history_breaks_a_line_or_lets_a_muted_voice_through(int run)
    {
        var seed = Seeds.For(output.WriteLine) + run;
        var random = new Random(seed);
        var call = new RoomScenario(seed);
        call.Network.Weather = Weather.Bad;
        var mutedAt = new Dictionary<SimulatedBrowser, MonotonicTime>();
        var gone = new HashSet<SimulatedBrowser>();
        for (var step = 0; step < 200; step++)
        {
            var browser = call.Browsers.Count == 0 ? null : call.Browsers[random.Next(call.Browsers.Count)];
            switch (random.Next(12))
            {
                case 0 when call.Browsers.Count < 12:
                    Join(call, random);
                    break;
                case 1 when browser is not null && gone.Count < 4 && gone.Add(browser):
                    call.Carry(new RoomCommand.Close(browser.Session));
                    mutedAt[browser] = call.Now;
                    break;
                case 2 or 3 or 4 when browser is not null && !gone.Contains(browser):
                    SetMuted(call, browser, !mutedAt.ContainsKey(browser), mutedAt);
                    break;
                case 5 when browser is { IsConnected: true } && !gone.Contains(browser):
                    browser.MoveTo(TransportAddress.FromIPv4(0x0A030000u + (uint)step, 45_000));
                    break;
                case 6 when browser is not null && !gone.Contains(browser):
                    browser.Apply(call.Offer(browser, 1, 2 + step, browser.OfferText($"frag{step:0000}")).Sdp);
                    break;
            }

            call.RunMilliseconds(random.Next(20, 250));
            AssertNobodyMutedIsHeard(call, mutedAt);
        }

        Assert.All(call.Browsers, browser =>
        {
            Assert.Equal(0, browser.CountOf(browser) + browser.Unopened);
            Talk.AssertContinuous(browser, lossMax: 1);
        });
        Assert.Equal(0, call.Counters.Drops[DropReason.NonceGuard]);
        Assert.True(call.Browsers.Sum(browser => browser.Heard.Count) > 2_000, "hardly anybody heard anything");
    }

    private static void Join(RoomScenario call, Random random)
    {
        var lines = random.Next(4) == 0 ? 1 : 3;
        var browser = call.Join(offer: new SimulatedOffer(
            VoiceLines: lines, PayloadType: 96 + random.Next(20), LevelId: random.Next(4), MidId: 5 + random.Next(20)));
        browser.Sequence = new Media.Rtp.SequenceNumber((ushort)random.Next(ushort.MaxValue));
        var noise = random.Next(75, 95);
        var phase = random.Next(5_000_000);
        browser.Microphone = now => (now.Microseconds + phase) / 2_500_000 % 2 == 0
            ? 25 + random.Next(12)
            : random.Next(50) == 0 ? null : noise + random.Next(3);
    }

    private static void SetMuted(
        RoomScenario call, SimulatedBrowser browser, bool muted, Dictionary<SimulatedBrowser, MonotonicTime> mutedAt)
    {
        call.Mute(browser, muted);
        if (muted) { mutedAt[browser] = call.Now; }
        else { mutedAt.Remove(browser); }
    }

    // What left the node before the mute may still be on its way for as long as the weather takes.
    private static void AssertNobodyMutedIsHeard(RoomScenario call, Dictionary<SimulatedBrowser, MonotonicTime> mutedAt)
    {
        var onTheWay = call.Network.Weather.Delay + call.Network.Weather.Jitter;
        foreach (var (speaker, at) in mutedAt)
        {
            foreach (var listener in call.Browsers)
            {
                var last = listener.Heard.FindLast(packet => packet.Speaker == speaker.Number);
                Assert.True(last is null || last.At <= at + onTheWay, $"{speaker.Session} was heard {last?.At - at} after its mute");
            }
        }
    }
}
