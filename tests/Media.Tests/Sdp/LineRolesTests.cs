using Calls.Media.Sdp;

namespace Calls.Media.Tests.Sdp;

/// <summary>Which line is what, in words such as <c>VoiceIn1</c>, <c>-</c> inactive, <c>x</c> rejected.</summary>
public sealed class LineRolesTests
{
    private static readonly string[] Table =
    [
        "audio sendonly", "audio recvonly", "audio recvonly", "audio recvonly",
        "video sendonly", "audio sendonly", "video recvonly", "audio recvonly",
    ];

    [Fact]
    public void A_participants_lines_are_those_of_the_table() => Assert.Equal(
        "VoiceOut VoiceIn0 VoiceIn1 VoiceIn2 ScreenVideoOut ScreenAudioOut ScreenVideoIn ScreenAudioIn",
        Roles(PeerKind.Participant, 3, Table));

    [Fact]
    public void Voice_lines_beyond_the_slots_are_inactive() => Assert.Equal(
        "VoiceOut VoiceIn0 - - ScreenVideoOut ScreenAudioOut ScreenVideoIn ScreenAudioIn",
        Roles(PeerKind.Participant, 1, Table));

    [Fact]
    public void The_kind_of_session_cuts_the_table_down()
    {
        Assert.Equal("VoiceOut - - - ScreenVideoOut ScreenAudioOut - -", Roles(PeerKind.Publisher, 3, Table));
        Assert.Equal("- VoiceIn0 VoiceIn1 VoiceIn2 - - ScreenVideoIn ScreenAudioIn", Roles(PeerKind.Listener, 3, Table));
    }

    [Theory]
    [InlineData("VoiceOut ScreenVideoOut", "audio sendonly", "video sendonly")]
    [InlineData("VoiceIn0 ScreenVideoIn", "audio recvonly", "video recvonly")]
    [InlineData("ScreenVideoIn VoiceIn0", "video recvonly", "audio recvonly")]
    [InlineData("ScreenVideoIn VoiceIn0 ScreenAudioIn", "video recvonly", "audio recvonly", "audio recvonly")]
    [InlineData("VoiceIn0 VoiceIn1 ScreenVideoIn", "audio recvonly", "audio recvonly", "video recvonly")]
    [InlineData("VoiceOut+VoiceIn0", "audio sendrecv")]
    [InlineData("VoiceOut+VoiceIn0 ScreenVideoOut+ScreenVideoIn", "audio sendrecv", "video sendrecv")]
    [InlineData("VoiceOut VoiceIn0", "audio sendrecv", "audio recvonly")]
    [InlineData("VoiceOut+VoiceIn0 ScreenVideoOut ScreenVideoIn", "audio sendrecv", "video sendrecv", "video recvonly")]
    [InlineData("VoiceOut ScreenAudioOut x", "audio sendonly", "audio sendonly", "audio sendonly")]
    [InlineData("VoiceOut ScreenVideoOut x", "audio sendonly", "video sendonly", "video sendonly")]
    [InlineData("VoiceIn0 ScreenVideoIn -", "audio recvonly", "video recvonly", "video recvonly")]
    [InlineData("VoiceOut - ScreenAudioOut", "audio sendonly", "audio inactive", "audio sendonly")]
    [InlineData("VoiceOut x", "audio sendonly", "application")]
    [InlineData("x VoiceOut", "text", "audio sendonly")]
    public void One_rule_maps_every_offer(string roles, params string[] lines) =>
        Assert.Equal(roles, Roles(PeerKind.Participant, 3, lines));

    [Fact]
    public void A_listener_that_offers_both_ways_hears_only() =>
        Assert.Equal("VoiceIn0 ScreenVideoIn", Roles(PeerKind.Listener, 3, "audio sendrecv", "video sendrecv"));

    [Fact]
    public void Port_0_is_no_line_unless_it_is_bundle_only()
    {
        var text = OfferText.Of("audio sendonly", "audio recvonly").Replace("m=audio 9", "m=audio 0", StringComparison.Ordinal);
        Assert.Equal(OfferRefusal.NoRole, OfferCorpus.Refusal(text));

        text = text.Replace("a=mid:", "a=bundle-only\r\na=mid:", StringComparison.Ordinal);
        Assert.Equal("VoiceOut VoiceIn0", Roles(OfferCorpus.Answer(text)));
    }

    private static string Roles(PeerKind kind, int voiceSlots, params string[] lines) =>
        Roles(OfferCorpus.Answer(OfferText.Of(lines), new AnswerOptions { Kind = kind, VoiceSlots = voiceSlots }));

    private static string Roles(SdpAnswer answer) => string.Join(' ', answer.Lines.Select(line => line switch
    {
        { IsRejected: true } => "x",
        { Out: LineRole.None, In: LineRole.None } => "-",
        { In: LineRole.None } => line.Out.ToString(),
        { Out: LineRole.None } => Receives(line),
        _ => $"{line.Out}+{Receives(line)}",
    }));

    private static string Receives(NegotiatedLine line) => line.In == LineRole.VoiceIn ? $"VoiceIn{line.Index}" : line.In.ToString();
}
