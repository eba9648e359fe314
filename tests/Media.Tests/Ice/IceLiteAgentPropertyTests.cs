using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Tests.Stun;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Ice;

public sealed class IceLiteAgentPropertyTests(ITestOutputHelper output)
{
    private const int Steps = 20_000;

    [Fact]
    public void Whatever_is_sent_in_whatever_order_media_goes_only_where_the_password_was_known()
    {
        var random = Seeds.Random(output.WriteLine);
        var agent = new IceLiteAgent(StunChecks.Ours, new IceLimits());
        var local = TransportAddress.FromIPv4(0xC0000264, 8443);
        var answer = new byte[IceLimits.AnswerBytesMax];
        var genuine = new HashSet<TransportAddress>();
        var present = StunChecks.Ours;
        var now = MonotonicTime.FromMilliseconds(1);

        for (var step = 0; step < Steps; step++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(3_000));
            while (agent.Tick(now) != IceNews.None) { }
            Assert.True(agent.NextDeadline > now, $"step {step}: a deadline that has passed");

            var isGenuine = random.Next(2) == 0;
            var source = TransportAddress.FromIPv4(isGenuine ? 0xC6336400u : 0xCB007100u, (ushort)random.Next(1, 40));
            var nominate = random.Next(2) == 0;
            var check = isGenuine
                ? StunChecks.Check(present, nominate)
                : StunChecks.Write(present.Fragment + ":peer", "a guess of some length"u8, nominate);
            var result = agent.Receive(source, local, check, now, answer);

            if (isGenuine) { genuine.Add(source); }
            Assert.Equal(isGenuine ? 0 : 401, result.RefusedWith);
            Assert.False(!isGenuine && agent.IsProven(source, now), $"step {step}: a guesser is proven");
            Assert.True(!agent.HasBeenChecked || genuine.Contains(agent.Remote), $"step {step}: media goes to {agent.Remote}");
            Assert.True(!(isGenuine && nominate) || agent.Remote == source, $"step {step}: the newest nomination lost");

            if (random.Next(200) == 0)
            {
                present = StunChecks.Credentials((byte)random.Next(256));
                agent.Restart(present, now);
            }
        }
    }
}
