using Calls.Media.Rtcp;

namespace Calls.Media.Tests.Rtcp;

public sealed class RtcpReaderTests
{
    private const string EmptyReport = "80c90001cafebabe";

    [Theory]
    [InlineData("80c8000100000001", RtcpKind.SenderReport)]
    [InlineData(EmptyReport, RtcpKind.ReceiverReport)]
    [InlineData("80ca0000", RtcpKind.SourceDescription)]
    [InlineData("80cb0000", RtcpKind.Goodbye)]
    [InlineData("81cd0002" + "0000000100000002", RtcpKind.Nack)]
    [InlineData("8fcd0002" + "0000000100000002", RtcpKind.TransportFeedback)]
    [InlineData("81ce0002" + "0000000100000002", RtcpKind.PictureLoss)]
    [InlineData("84ce0002" + "0000000100000000", RtcpKind.FullIntraRequest)]
    [InlineData("8fce0004" + "0000000100000000" + "52454d42" + "01000000", RtcpKind.ReceiverEstimate)]
    [InlineData("8fce0004" + "0000000100000000" + "52454d41" + "01000000", RtcpKind.Unknown)]   // another application's
    [InlineData("8fce0001" + "00000001", RtcpKind.Unknown)]
    [InlineData("82cd0002" + "0000000100000002", RtcpKind.Unknown)]   // RFC 5104's bandwidth requests
    [InlineData("82ce0002" + "0000000100000002", RtcpKind.Unknown)]
    [InlineData("80cc0002" + "0000000141424344", RtcpKind.Unknown)]   // application-defined
    [InlineData("80cf0001" + "00000001", RtcpKind.Unknown)]           // extended reports
    [InlineData("80000000", RtcpKind.Unknown)]
    public void A_kind_is_type_and_format_exactly_RTCP2(string packet, RtcpKind expected)
    {
        Assert.True(RtcpReader.TryRead(Convert.FromHexString(packet), reducedSize: true, out var reader));

        Assert.Equal([expected], KindsOf(reader));
    }

    [Fact]
    public void Unknown_sub_packets_are_stepped_over_RTCP1()
    {
        var compound = EmptyReport + "80cc0002" + "0000000141424344" + "80cb0000";

        Assert.True(RtcpReader.TryRead(Convert.FromHexString(compound), reducedSize: false, out var reader));

        Assert.Equal([RtcpKind.ReceiverReport, RtcpKind.Unknown, RtcpKind.Goodbye], KindsOf(reader));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80c9")]
    [InlineData("80c90002cafebabe")]                            // longer than the datagram
    [InlineData("80c9ffffcafebabe")]
    [InlineData("40c90001cafebabe")]                            // version 1
    [InlineData(EmptyReport + "80")]                            // a rest that is no sub-packet
    [InlineData("a0c90001cafeba00")]                            // padding of no bytes
    [InlineData("a0c90001cafeba05")]                            // padding into the header
    [InlineData("a0c90001cafeba04" + EmptyReport)]              // padding before the last
    public void A_compound_packet_with_a_wrong_length_anywhere_is_refused_RTCP1(string compound) =>
        Assert.False(RtcpReader.TryRead(Convert.FromHexString(compound), reducedSize: true, out _));

    [Fact]
    public void Thirty_two_sub_packets_are_read_and_one_more_is_refused_RTCP1()
    {
        var most = string.Concat(Enumerable.Repeat(EmptyReport, RtcpReader.PacketsMax));

        Assert.True(RtcpReader.TryRead(Convert.FromHexString(most), reducedSize: false, out _));
        Assert.False(RtcpReader.TryRead(Convert.FromHexString(most + EmptyReport), reducedSize: false, out _));
    }

    [Fact]
    public void Reduced_size_is_accepted_only_where_it_was_agreed_RTCP1()
    {
        var feedback = Convert.FromHexString("81ce0002" + "0000000100000002");

        Assert.True(RtcpReader.TryRead(feedback, reducedSize: true, out _));
        Assert.False(RtcpReader.TryRead(feedback, reducedSize: false, out _));
    }

    [Fact]
    public void Padding_of_the_last_sub_packet_is_cut_off()
    {
        var compound = Convert.FromHexString(EmptyReport + "a1cb0002" + "cafebabe" + "00000004");

        Assert.True(RtcpReader.TryRead(compound, reducedSize: false, out var reader));
        var walk = reader.GetEnumerator();
        Assert.True(walk.MoveNext() && walk.MoveNext());

        Assert.Equal("cafebabe", Convert.ToHexStringLower(walk.Current.Body));
    }

    private static List<RtcpKind> KindsOf(RtcpReader reader)
    {
        var kinds = new List<RtcpKind>();
        foreach (var packet in reader)
        {
            kinds.Add(packet.Kind);
        }

        return kinds;
    }
}
