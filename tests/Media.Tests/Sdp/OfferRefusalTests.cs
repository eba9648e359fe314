using Calls.Media.Sdp;

namespace Calls.Media.Tests.Sdp;

/// <summary>What is refused as a whole.</summary>
public sealed class OfferRefusalTests
{
    private const string Mux = "a=rtcp-mux\r\n";

    [Theory]
    [InlineData("v=0", "v=1", OfferRefusal.Malformed)]
    [InlineData("s=-", "s", OfferRefusal.Malformed)]
    [InlineData("m=audio 9 ", "m=audio nine ", OfferRefusal.Malformed)]
    [InlineData("m=audio 9 ", "m=audio 65536 ", OfferRefusal.Malformed)]
    [InlineData("m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=audio 9", OfferRefusal.Malformed)]
    [InlineData("a=mid:1", "a=mid:one two", OfferRefusal.Malformed)]
    [InlineData("a=mid:1", "a=mid:a-name-of-seventeen", OfferRefusal.Malformed)]
    [InlineData(Mux, Mux + "a=extmap:x urn:x\r\n", OfferRefusal.Malformed)]
    [InlineData(Mux, Mux + "a=extmap:1/both urn:x\r\n", OfferRefusal.Malformed)]
    [InlineData("a=group:BUNDLE 0 1\r\n", "", OfferRefusal.NoBundle)]
    [InlineData("a=group:BUNDLE 0 1", "a=group:BUNDLE 0", OfferRefusal.NoBundle)]
    [InlineData("a=group:BUNDLE 0 1", "a=group:LS 0 1", OfferRefusal.NoBundle)]
    [InlineData("a=mid:1\r\n", "", OfferRefusal.NoBundle)]
    [InlineData("a=recvonly\r\n" + Mux, "a=recvonly\r\n", OfferRefusal.NoRtcpMux)]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/SAVPF", OfferRefusal.UnsupportedProfile)]
    [InlineData("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", OfferRefusal.UnsupportedProfile)]
    [InlineData(Mux, Mux + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n", OfferRefusal.SdesKeys)]
    [InlineData(OfferText.Fingerprint + "\r\n", "", OfferRefusal.NoFingerprint)]
    [InlineData(OfferText.Fingerprint, "a=fingerprint:sha-1 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB", OfferRefusal.NoFingerprint)]
    [InlineData(OfferText.Fingerprint, "a=fingerprint:md5 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77", OfferRefusal.NoFingerprint)]
    [InlineData("a=setup:actpass", "a=setup:passive", OfferRefusal.SetupPassive)]
    [InlineData(Mux, Mux + "a=setup:passive\r\n", OfferRefusal.SetupPassive)]
    [InlineData("a=ice-ufrag:abcd\r\n", "", OfferRefusal.IceCredentials)]
    [InlineData("a=ice-ufrag:abcd", "a=ice-ufrag:abc", OfferRefusal.IceCredentials)]
    [InlineData("a=ice-pwd:abcdefghijklmnopqrstuv", "a=ice-pwd:abcdefghijklmnopqrstu", OfferRefusal.IceCredentials)]
    [InlineData("s=-", "s=-\r\na=ice-lite", OfferRefusal.IceLite)]
    [InlineData("a=mid:1", "a=mid:0", OfferRefusal.DuplicateMid)]
    [InlineData(Mux, Mux + "a=extmap:1 urn:a\r\na=extmap:1 urn:b\r\n", OfferRefusal.ExtensionConflict)]
    [InlineData("opus/48000/2", "opus/48000", OfferRefusal.NoOpus)]
    [InlineData("opus/48000/2", "PCMU/8000", OfferRefusal.NoOpus)]
    public void An_offer_we_cannot_live_with_is_refused_with_its_reason(string before, string after, OfferRefusal refusal) =>
        Assert.Equal(refusal, OfferCorpus.Refusal(OfferText.Changed(before, after)));

    [Theory]
    [InlineData("a=setup:actpass", "a=setup:active")]
    [InlineData("UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVPF")]
    [InlineData(Mux, Mux + "a=candidate:nonsense\r\na=candidate:1 1 udp 1 x.local 9 typ host\r\na=unknown-thing:x\r\n")]
    [InlineData("a=ice-ufrag:abcd", "a=fingerprint:sha-1 03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB\r\na=ice-ufrag:abcd")]
    [InlineData("\r\n", "\n")]
    public void What_others_may_write_is_answered(string before, string after) =>
        Assert.Equal(OfferRefusal.None, OfferCorpus.Refusal(OfferText.Changed(before, after)));

    [Fact]
    public void Every_limit_has_its_refusal()
    {
        var text = OfferText.Of("audio sendonly");
        var oversized = new Dictionary<string, string>
        {
            ["text"] = text + string.Concat(Enumerable.Repeat("a=x:" + new string('y', 1_000) + "\r\n", 70)),
            ["line"] = text + "a=x:" + new string('y', SdpLimits.LineLengthMax) + "\r\n",
            ["media lines"] = OfferText.Of([.. Enumerable.Repeat("audio recvonly", SdpLimits.MediaLinesMax + 1)]),
            ["payload types"] = text.Replace("SAVPF 111", "SAVPF 111" + string.Concat(Enumerable.Repeat(" 1", SdpLimits.FormatsMax)), StringComparison.Ordinal),
            ["extensions"] = text + string.Concat(Enumerable.Range(1, SdpLimits.ExtensionsMax + 1).Select(i => $"a=extmap:{i} urn:{i}\r\n")),
            ["rids"] = text + "a=rid:a send\r\na=rid:b send\r\na=rid:c send\r\na=rid:d send\r\n",
        };

        Assert.All(oversized, offer => Assert.Equal((offer.Key, OfferRefusal.TooLarge), (offer.Key, OfferCorpus.Refusal(offer.Value))));
        Assert.Equal(OfferRefusal.None, OfferCorpus.Refusal(OfferText.Of([.. Enumerable.Repeat("audio recvonly", SdpLimits.MediaLinesMax)])));
    }

    [Fact]
    public void More_feedback_than_anyone_has_is_not_read_and_costs_no_memory()
    {
        var formats = string.Concat(Enumerable.Range(1, SdpLimits.FormatsMax - 1).Select(i => $" {i}"));
        var text = OfferText.Of("audio sendonly").Replace("SAVPF 111", "SAVPF 111" + formats, StringComparison.Ordinal)
            + string.Concat(Enumerable.Range(1, SdpLimits.FormatsMax - 1).Select(i => $"a=rtpmap:{i} x/8000\r\n"))
            + string.Concat(Enumerable.Repeat("a=rtcp-fb:* x\r\n", 4_000));
        OfferCorpus.Refusal(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(OfferRefusal.None, OfferCorpus.Refusal(text));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 4_000_000, $"{allocated} B for {text.Length} characters");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("v=0\r\n")]
    [InlineData("{\"sdp\":\"v=0\"}")]
    public void What_is_no_description_is_malformed(string text) => Assert.Equal(OfferRefusal.Malformed, OfferCorpus.Refusal(text));

    [Fact]
    public void An_offer_in_which_nothing_can_flow_is_refused()
    {
        Assert.Equal(OfferRefusal.NoRole, OfferCorpus.Refusal(OfferText.Of("audio inactive")));
        Assert.Equal(OfferRefusal.NoRole, OfferCorpus.Refusal(OfferText.Of("application")));
    }

    [Fact]
    public void Reasons_have_the_names_of_the_nodes_API()
    {
        Assert.Equal("sdp.noBundle", OfferRefusal.NoBundle.ToReason());
        Assert.Equal("sdp.tooLarge", OfferRefusal.TooLarge.ToReason());
    }

    [Fact]
    public void Every_truncation_of_every_offer_is_answered_or_refused()
    {
        var failures = new List<string>();
        foreach (var name in OfferCorpus.Names)
        {
            var text = OfferCorpus.Text(name);
            for (var length = 0; length < text.Length; length += 211)
            {
                try { OfferCorpus.Refusal(text[..length]); }
                catch (Exception fault) { failures.Add($"{name} cut to {length}: {fault.Message}"); }
            }
        }

        Assert.Empty(failures);
    }
}
