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

        for (var turn = 0; turn < 2 * LoopSettings.TurnsPerSample; turn++)
        {
            turned.Clients[0].Say();
            turned.Clients[0].Say();
            turned.Loop.Turn();
        }

        Assert.Equal(2, samples.Count);
        Assert.All(samples, sample =>
        {
            Assert.Equal((2, 2), (sample.ReceiveBatch, sample.FanOut));
            Assert.InRange(sample.SendBatch, 4, 6);   // now and then a report goes with them
            Assert.InRange(sample.SendSegments, 1, 2);
            Assert.True(sample.Transit > TimeSpan.Zero);
        });
    }
}
