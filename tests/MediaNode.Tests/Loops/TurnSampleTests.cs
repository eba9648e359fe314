using Calls.MediaNode.Loops;

namespace Calls.MediaNode.Tests.Loops;

public sealed class TurnSampleTests
{
    [Fact]
    public void One_turn_in_64_tells_batches_and_fan_out()
    {
        var samples = new List<TurnSample>();
        using var turned = new HandTurnedLoop(HandTurnedLoop.OpenLinux, samples.Add);
        turned.Join();
        turned.Join(muted: true);
        turned.Join(muted: true);
        samples.Clear();

        for (var turn = 0; turn < 10 * LoopSettings.TurnsPerSample && samples.Count < 2; turn++)
        {
            turned.Clients[0].Say();
            turned.Clients[0].Say();
            turned.Loop.Turn();
        }

        Assert.Equal(2, samples.Count);
        Assert.All(samples, sample =>
        {
            // Now and then a busy system brings one of the two words later, or a report goes with them.
            Assert.Equal(2, sample.FanOut);
            Assert.InRange(sample.ReceiveBatch, 1, 3);
            Assert.InRange(sample.SendBatch, 2, 7);
            Assert.InRange(sample.SendSegments, 1, 2);
            Assert.True(sample.Transit > TimeSpan.Zero);
        });
    }
}
