using Calls.Media.Rtp;
using FsCheck;
using FsCheck.Fluent;

namespace Calls.Media.Tests.Rtp;

public sealed class RtpHeaderWriterTests
{
    [Fact]
    public void Without_extensions_the_header_is_the_fixed_part()
    {
        var output = new byte[RtpHeaderWriter.BytesMax];

        var bytes = Begin(output, twoByte: false).Finish();

        Assert.Equal("80ef123400000064cafebabe", Convert.ToHexStringLower(output.AsSpan(0, bytes)));
    }

    [Fact]
    public void Extensions_are_padded_to_words_even_in_memory_that_was_used_before()
    {
        var output = Enumerable.Repeat((byte)0xee, RtpHeaderWriter.BytesMax).ToArray();
        var writer = Begin(output, twoByte: false);

        Assert.True(writer.TryAdd(1, [0x85]));
        Assert.True(writer.TryAdd(4, "m"u8));
        Assert.True(writer.TryAdd(3, [1, 2]));

        Assert.Equal(
            "90ef123400000064cafebabe" + "bede0002" + "1085406d31010200",
            Convert.ToHexStringLower(output.AsSpan(0, writer.Finish())));
    }

    [Theory]
    [InlineData(false, 0, 1)]
    [InlineData(false, 15, 1)]
    [InlineData(false, 1, 0)]
    [InlineData(false, 1, 17)]
    [InlineData(true, 0, 1)]
    [InlineData(true, 256, 1)]
    [InlineData(true, 1, 60)]     // more than the room that is left
    public void What_the_form_or_the_room_cannot_carry_is_not_added(bool twoByte, int id, int dataBytes)
    {
        var output = new byte[RtpHeaderWriter.BytesMax];
        var writer = Begin(output, twoByte);

        Assert.False(writer.TryAdd(id, new byte[dataBytes]));

        Assert.Equal(RtpHeader.FixedBytes, writer.Finish());
    }

    [Fact]
    public void What_was_written_is_what_is_read()
    {
        var extension =
            from id in Gen.Choose(1, 14)
            from data in ArbMap.Default.GeneratorFor<byte[]>()
            select (id, data);
        var header =
            from fields in ArbMap.Default.GeneratorFor<(bool Marker, bool TwoByte, ushort Sequence, uint Timestamp, uint Ssrc)>()
            from type in Gen.Choose(0, PayloadType.Highest)
            from extensions in Gen.ListOf(extension)
            select (fields, type, extensions);

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(header.ToArbitrary(), written =>
        {
            var (fields, type, extensions) = written;
            var output = new byte[200];
            var writer = new RtpHeaderWriter(
                output, fields.Marker, new PayloadType((byte)type), new SequenceNumber(fields.Sequence),
                new RtpTimestamp(fields.Timestamp), new Ssrc(fields.Ssrc), fields.TwoByte);
            var added = new List<string>();
            foreach (var (id, data) in extensions)
            {
                if (writer.TryAdd(id, data))
                {
                    added.Add($"{id}:{Convert.ToHexString(data)}");
                }
            }

            var bytes = writer.Finish();
            return RtpHeader.TryRead(output, out var read)
                && read.Bytes == bytes
                && read.Marker == fields.Marker
                && read.PayloadType.Value == type
                && read.Sequence.Value == fields.Sequence
                && read.Timestamp.Value == fields.Timestamp
                && read.Ssrc.Value == fields.Ssrc
                && Elements(read).SequenceEqual(added);
        }));
    }

    private static RtpHeaderWriter Begin(byte[] output, bool twoByte) => new(
        output, marker: true, new PayloadType(111), new SequenceNumber(0x1234), new RtpTimestamp(100), new Ssrc(0xcafebabe), twoByte);

    private static List<string> Elements(RtpHeader header)
    {
        var found = new List<string>();
        foreach (var element in header.Extensions)
        {
            found.Add($"{element.Id}:{Convert.ToHexString(element.Data)}");
        }

        return found;
    }
}
