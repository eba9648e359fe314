using Calls.Media.Rtp;

namespace Calls.Media.Tests.Rtp;

public sealed class SequenceTests
{
    [Theory]
    [InlineData(10, 5, 5)]
    [InlineData(5, 10, -5)]
    [InlineData(2, 65_534, 4)]
    [InlineData(65_534, 2, -4)]
    [InlineData(0, 0, 0)]
    public void Distance_goes_the_shorter_way_around(int later, int earlier, int expected) =>
        Assert.Equal(expected, new SequenceNumber((ushort)later).Since(new SequenceNumber((ushort)earlier)));

    [Theory]
    [InlineData(65_534, 65_535, 65_535)]
    [InlineData(65_535, 0, 65_536)]
    [InlineData(65_535, 1, 65_537)]
    [InlineData(65_537, 65_535, 65_535)]
    [InlineData(65_536, 65_535, 65_535)]
    [InlineData(131_071, 32_766, 163_838)]
    [InlineData(131_072, 32_767, 163_839)]
    [InlineData(131_072, 32_769, 98_305)]
    [InlineData(3, 65_535, -1)]
    public void The_nearest_index_is_the_guess_of_RFC_3711_appendix_A_SRTP2(long highest, int sequence, long expected) =>
        Assert.Equal(expected, new ExtendedSequence(highest).Nearest(new SequenceNumber((ushort)sequence)).Value);

    [Fact]
    public void Counting_on_never_wraps()
    {
        var number = ExtendedSequence.First(new SequenceNumber(65_535)).Next;

        Assert.Equal(new SequenceNumber(0), number.Sequence);
        Assert.Equal(1u, number.Rollovers);
    }

    [Fact]
    public void Timestamps_count_around_their_wrap()
    {
        var before = new RtpTimestamp(uint.MaxValue - 479);

        Assert.Equal(new RtpTimestamp(480), before.Add(960));
        Assert.Equal(960, before.Add(960).Since(before));
        Assert.Equal(-960, before.Since(before.Add(960)));
    }
}
