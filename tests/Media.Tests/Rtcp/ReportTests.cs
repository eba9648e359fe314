using Calls.Media.Datagrams;
using Calls.Media.Rtcp;
using FsCheck;
using FsCheck.Fluent;

namespace Calls.Media.Tests.Rtcp;

public sealed class ReportTests
{
    private static readonly Gen<ReportBlock> _block =
        from fields in ArbMap.Default.GeneratorFor<(uint Source, byte Fraction, uint Highest, uint Jitter, uint Last, uint Delay)>()
        from lost in Gen.Choose(-(1 << 23), (1 << 23) - 1)
        select new ReportBlock(
            fields.Source, fields.Fraction, lost, fields.Highest, fields.Jitter, fields.Last, fields.Delay);

    private static readonly Gen<ReportBlock[]> _blocks =
        Gen.ArrayOf(_block).Where(blocks => blocks.Length <= ReportBlock.PerReportMax);

    [Fact]
    public void A_sender_report_that_was_written_is_what_is_read()
    {
        var reports =
            from fields in ArbMap.Default.GeneratorFor<(uint Sender, ulong Time, uint Timestamp, uint Packets, uint Octets)>()
            from blocks in _blocks
            select (
                Report: new SenderReport(
                    fields.Sender, new NtpTime(fields.Time), fields.Timestamp, fields.Packets, fields.Octets),
                blocks);

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(reports.ToArbitrary(), written =>
        {
            var output = new byte[1500];
            var bytes = written.Report.Write(output, written.blocks);
            return SenderReport.TryRead(Only(output.AsSpan(0, bytes)), out var report, out var blocks)
                && report == written.Report
                && ToArray(blocks).SequenceEqual(written.blocks);
        }));
    }

    [Fact]
    public void A_receiver_report_that_was_written_is_what_is_read() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(_blocks.ToArbitrary(), written =>
        {
            var output = new byte[1500];
            var bytes = new ReceiverReport(7).Write(output, written);
            return ReceiverReport.TryRead(Only(output.AsSpan(0, bytes)), out var report, out var blocks)
                && report.Sender == 7
                && ToArray(blocks).SequenceEqual(written);
        }));

    [Fact]
    public void A_report_shorter_than_its_count_is_refused_and_one_with_more_behind_is_read()
    {
        var output = new byte[ReceiverReport.BytesWith(2)];
        var bytes = new ReceiverReport(7).Write(output, new ReportBlock[2]);

        output[0] = 0x83;
        Assert.False(ReceiverReport.TryRead(Only(output.AsSpan(0, bytes)), out _, out _));

        output[0] = 0x81;
        Assert.True(ReceiverReport.TryRead(Only(output.AsSpan(0, bytes)), out _, out var blocks));
        Assert.Equal(1, blocks.Count);
    }

    [Fact]
    public void A_loss_beyond_24_bits_is_written_as_the_most_that_fits()
    {
        var output = new byte[ReceiverReport.BytesWith(2)];
        var block = new ReportBlock(1, 2, int.MaxValue, 3, 4, 5, 6);

        new ReceiverReport(7).Write(output, [block, block with { CumulativeLost = int.MinValue }]);

        Assert.True(ReceiverReport.TryRead(Only(output), out _, out var blocks));
        Assert.Equal((1 << 23) - 1, blocks[0].CumulativeLost);
        Assert.Equal(-(1 << 23), blocks[1].CumulativeLost);
        Assert.Equal(2, blocks[1].FractionLost);
    }

    [Fact]
    public void The_round_trip_is_now_less_when_our_report_was_sent_and_how_long_it_was_held()
    {
        var sent = NtpTime.From(MonotonicTime.FromMilliseconds(5_000));
        var held = NtpTime.ToUnits(TimeSpan.FromMilliseconds(250));
        var block = new ReportBlock(1, 0, 0, 0, 0, sent.Middle, held);

        var roundTrip = block.RoundTrip(NtpTime.From(MonotonicTime.FromMilliseconds(5_300)));

        Assert.InRange(roundTrip!.Value.TotalMilliseconds, 49.9, 50.1);
    }

    [Fact]
    public void There_is_no_round_trip_without_a_report_or_before_it()
    {
        var now = NtpTime.From(MonotonicTime.FromMilliseconds(5_000));

        Assert.Null(new ReportBlock(1, 0, 0, 0, 0, 0, 0).RoundTrip(now));
        Assert.Null(new ReportBlock(1, 0, 0, 0, 0, now.Middle, 65_536).RoundTrip(now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("voice-0")]
    [InlineData("screen")]
    public void A_name_stands_behind_its_source_and_its_length_and_ends_with_a_zero(string name)
    {
        var output = Enumerable.Repeat((byte)0xee, 64).ToArray();

        var bytes = SourceDescription.Write(output, 0xcafebabe, System.Text.Encoding.UTF8.GetBytes(name));

        Assert.Equal(0, bytes % 4);
        Assert.Equal(0, output[bytes - 1]);   // a zero ends the list, even where the name fills its word
        var packet = Only(output.AsSpan(0, bytes));
        Assert.Equal((RtcpKind.SourceDescription, 1), (packet.Kind, packet.Format));
        Assert.Equal("cafebabe" + "01" + $"{name.Length:x2}", Convert.ToHexStringLower(packet.Body[..6]));
        Assert.Equal(name, System.Text.Encoding.UTF8.GetString(packet.Body.Slice(6, name.Length)));
    }

    [Fact]
    public void A_goodbye_that_was_written_is_what_is_read_RTCP9()
    {
        var output = new byte[64];

        var bytes = Goodbye.Write(output, [1, 0xcafebabe]);

        Assert.True(Goodbye.TryRead(Only(output.AsSpan(0, bytes)), out var goodbye));
        Assert.Equal((2, 1u, 0xcafebabe), (goodbye.Count, goodbye[0], goodbye[1]));
    }

    [Fact]
    public void A_goodbye_shorter_than_its_count_is_refused_and_its_reason_is_not_read()
    {
        Assert.False(Goodbye.TryRead(Only(Convert.FromHexString("82cb0001cafebabe")), out _));
        Assert.True(Goodbye.TryRead(Only(Convert.FromHexString("81cb0002cafebabe03627965")), out var goodbye));
        Assert.Equal(1, goodbye.Count);
    }

    private static RtcpPacket Only(ReadOnlySpan<byte> packet)
    {
        Assert.True(RtcpReader.TryRead(packet, reducedSize: true, out var reader));
        var walk = reader.GetEnumerator();
        Assert.True(walk.MoveNext());
        return walk.Current;
    }

    private static ReportBlock[] ToArray(ReportBlocks blocks)
    {
        var array = new ReportBlock[blocks.Count];
        for (var number = 0; number < array.Length; number++)
        {
            array[number] = blocks[number];
        }

        return array;
    }
}
