using Calls.Media.Sdp;

namespace Calls.Media.Tests.Sdp;

/// <summary>Codecs, feedback, extensions.</summary>
public sealed class CodecAnswerTests
{
    [Fact]
    public void Voices_are_mono_with_DTX_and_the_screens_sound_is_stereo_without()
    {
        var answer = OfferCorpus.Answer(OfferCorpus.Text("chromium-participant"));

        foreach (var line in answer.Lines.Where(line => line.Kind == MediaKind.Audio))
        {
            var isScreen = line.Out == LineRole.ScreenAudioOut || line.In == LineRole.ScreenAudioIn;
            var expected = isScreen
                ? "stereo=1;sprop-stereo=1;usedtx=0;useinbandfec=1;maxaveragebitrate=128000"
                : "minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate=40000";
            Assert.Equal(expected, Assert.Single(line.Codecs).Parameters);
        }
    }

    [Fact]
    public void Redundant_audio_comes_first_on_voice_lines_where_it_is_switched_on_and_offered()
    {
        var options = new AnswerOptions { AudioRed = true };
        var chromium = OfferCorpus.Answer(OfferCorpus.Text("chromium-participant"), options);

        Assert.Equal([MediaCodec.Red, MediaCodec.Opus], chromium.Lines[0].Codecs.Select(codec => codec.Codec));
        Assert.Equal([MediaCodec.Opus], chromium.Lines[5].Codecs.Select(codec => codec.Codec));
        Assert.Contains("m=audio 8443 UDP/TLS/RTP/SAVPF 63 111\r\n", chromium.Text);
        Assert.Contains("a=fmtp:63 111/111\r\n", chromium.Text);
        Assert.Null(OfferCorpus.Answer(OfferCorpus.Text("firefox-participant"), options).Lines[0].Find(MediaCodec.Red));
        Assert.Null(OfferCorpus.Answer(OfferCorpus.Text("chromium-participant")).Lines[0].Find(MediaCodec.Red));
    }

    [Fact]
    public void Video_types_stand_in_our_order_each_with_its_RTX()
    {
        var codecs = OfferCorpus.Answer(OfferCorpus.Text("chromium-participant")).Lines[4].Codecs;

        Assert.Equal(
            [(MediaCodec.Vp8, 96, 97), (MediaCodec.H264, 108, 109), (MediaCodec.Vp9, 98, 99), (MediaCodec.Av1, 45, 46)],
            codecs.Select(codec => (codec.Codec, (int)codec.PayloadType, (int)codec.RepairPayloadType)));
        Assert.All(codecs, codec => Assert.Equal(
            RtcpFeedback.Nack | RtcpFeedback.PictureLoss | RtcpFeedback.FullIntra | RtcpFeedback.TransportWide, codec.Feedback));
    }

    [Fact]
    public void Without_RTX_there_is_no_NACK_SRTP6()
    {
        var text = OfferText.WithVideo("recvonly", "96", OfferText.Vp8.Replace("a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n", "", StringComparison.Ordinal));
        var line = OfferCorpus.Answer(text).Lines[1];

        Assert.Equal(RtcpFeedback.PictureLoss | RtcpFeedback.FullIntra | RtcpFeedback.TransportWide, line.Codecs[0].Feedback);
        Assert.Equal(0u, line.OutgoingRepairSsrc);
    }

    [Fact]
    public void The_receivers_estimate_is_answered_only_where_transport_feedback_is_missing()
    {
        var text = OfferText.WithVideo("recvonly", "96 97", OfferText.Vp8.Replace("a=rtcp-fb:96 transport-cc\r\n", "", StringComparison.Ordinal));

        Assert.True(OfferCorpus.Answer(text).Lines[1].Codecs[0].Feedback.HasFlag(RtcpFeedback.ReceiverEstimate));
    }

    [Fact]
    public void A_viewer_without_VP8_has_its_video_rejected_and_hears_on()
    {
        const string H264 = "a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42e01f\r\n";
        var viewer = OfferCorpus.Answer(OfferText.WithVideo("recvonly", "102", H264));
        var publisher = OfferCorpus.Answer(OfferText.WithVideo("sendonly", "102", H264));

        Assert.True(viewer.Lines[1].IsRejected);
        Assert.Contains("m=video 0 UDP/TLS/RTP/SAVPF 102\r\n", viewer.Text);
        Assert.Contains("a=group:BUNDLE 0\r\n", viewer.Text);
        Assert.Equal(MediaCodec.H264, Assert.Single(publisher.Lines[1].Codecs).Codec);
    }

    [Theory]
    [InlineData("a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=0;profile-level-id=42e01f\r\n")]
    [InlineData("a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42001f\r\n")]
    [InlineData("a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=640c1f\r\n")]
    [InlineData("a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42e0zz\r\n")]
    [InlineData("a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1\r\n")]
    [InlineData("a=rtpmap:102 VP9/90000\r\na=fmtp:102 profile-id=2\r\n")]
    [InlineData("a=rtpmap:102 AV1/90000\r\na=fmtp:102 profile=1\r\n")]
    [InlineData("a=rtpmap:102 H265/90000\r\n")]
    [InlineData("a=rtpmap:102 VP8\r\n")]
    [InlineData("")]
    public void Other_profiles_and_types_are_not_answered(string attributes) =>
        Assert.True(OfferCorpus.Answer(OfferText.WithVideo("sendonly", "102", attributes)).Lines[1].IsRejected);

    [Fact]
    public void The_screens_picture_and_sound_share_a_stream_and_voices_share_none()
    {
        var text = OfferCorpus.Answer(OfferCorpus.Text("firefox-participant")).Text;

        Assert.Equal(
            ["voice-0 voice-0", "voice-1 voice-1", "voice-2 voice-2", "screen screen-video", "screen screen-audio"],
            new PlainSdp(text).Media.Select(media => PlainSdp.One(media, "a=msid:")).Where(msid => msid.Length > 0));
        Assert.Contains("a=ssrc-group:FID ", text);
    }

    [Fact]
    public void What_a_client_declares_of_its_streams_is_kept_for_binding_RTP3_RTP4()
    {
        var line = OfferCorpus.Answer(OfferCorpus.Text("firefox-participant")).Lines[4];

        Assert.Equal(["l", "h"], line.Rids);
        Assert.Equal(4, line.DeclaredSsrcs.Count);
        Assert.Equal([line.DeclaredSsrcs[0], line.DeclaredSsrcs[2]], line.DeclaredRepairs.Select(repair => repair.Primary));
        Assert.NotEqual(0, line.ExtensionId(HeaderExtension.RtpStreamId));
        Assert.NotEqual(0, line.ExtensionId(HeaderExtension.RepairedRtpStreamId));
    }

    [Fact]
    public void Extensions_are_taken_by_URI_where_the_line_can_use_them_RTP5()
    {
        var lines = OfferCorpus.Answer(OfferCorpus.Text("firefox-participant")).Lines;

        Assert.Equal([HeaderExtension.AudioLevel, HeaderExtension.Mid, HeaderExtension.TransportSequence], lines[1].Extensions.Select(e => e.Extension));
        // Firefox offers the layer's name on its receiving line too, in a direction that never flows there.
        Assert.DoesNotContain(lines[6].Extensions, e => e.Extension is HeaderExtension.RtpStreamId or HeaderExtension.DependencyDescriptor);
        Assert.All(lines[4].Extensions, e => Assert.True(e.ClientSends && !e.ClientReceives));
    }
}
