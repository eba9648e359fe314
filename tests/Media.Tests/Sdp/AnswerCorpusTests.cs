using Calls.Media.Sdp;
using Calls.Media.Tests.Stun;
using static Calls.Media.Tests.Sdp.PlainSdp;

namespace Calls.Media.Tests.Sdp;

/// <summary>What holds of every answer, for every offer of the corpus and every kind of session that can answer it.</summary>
public sealed class AnswerCorpusTests
{
    public static TheoryData<string, PeerKind, int> Offers()
    {
        var data = new TheoryData<string, PeerKind, int>();
        foreach (var name in OfferCorpus.Names)
        {
            data.Add(name, PeerKind.Participant, 3);
            data.Add(name, PeerKind.Participant, 8);
            if (!name.Contains("whep", StringComparison.Ordinal) && !name.Contains("no-vp8", StringComparison.Ordinal)) { data.Add(name, PeerKind.Publisher, 3); }
            if (!name.Contains("whip", StringComparison.Ordinal)) { data.Add(name, PeerKind.Listener, 3); }
        }

        return data;
    }

    public static TheoryData<string> Restarts() => [.. OfferCorpus.Names.Where(name => name.EndsWith("-restart", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Offers))]
    public void Lines_kinds_order_and_mids_are_the_offers_and_BUNDLE_lists_the_accepted(string name, PeerKind kind, int voiceSlots)
    {
        var (offer, answer) = Both(name, kind, voiceSlots);

        Assert.Equal(offer.Media.Select(Kind), answer.Media.Select(Kind));
        Assert.Equal(offer.Media.Select(media => One(media, "a=mid:")), answer.Media.Select(media => One(media, "a=mid:")));
        var accepted = answer.Media.Where(media => Port(media) != 0).Select(media => One(media, "a=mid:"));
        Assert.Equal(accepted, answer.Bundle);
        Assert.NotEmpty(answer.Bundle);
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public void Nothing_is_answered_that_was_not_offered_and_directions_are_inverted(string name, PeerKind kind, int voiceSlots)
    {
        var (offer, answer) = Both(name, kind, voiceSlots);
        var failures = new List<string>();
        foreach (var (theirs, ours) in offer.Media.Zip(answer.Media))
        {
            var mid = One(ours, "a=mid:");
            failures.AddRange(Formats(ours).Except(Formats(theirs)).Select(format => $"{mid}: format {format}"));
            if (Port(ours) == 0) { continue; }

            failures.AddRange(All(ours, "a=rtpmap:").Except(All(theirs, "a=rtpmap:")).Select(map => $"{mid}: {map}"));
            failures.AddRange(All(ours, "a=rtcp-fb:").Except(All(theirs, "a=rtcp-fb:")).Select(feedback => $"{mid}: {feedback}"));
            failures.AddRange(All(ours, "a=extmap:").Select(Invert).Except(All(theirs, "a=extmap:")).Select(map => $"{mid}: extmap {map}"));
            failures.AddRange(new[] { "a=rtcp-mux", "a=rtcp-rsize" }.Where(flag => ours.Contains(flag) && !theirs.Contains(flag)));
            if (!Allows(Direction(theirs, offer.Session), Direction(ours, []))) { failures.Add($"{mid}: {Direction(ours, [])}"); }
        }

        Assert.Empty(failures);
        Assert.Equal(offer.Session.Contains("a=extmap-allow-mixed"), answer.Session.Contains("a=extmap-allow-mixed"));
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public void We_are_passive_and_lite_and_say_who_and_where_we_are(string name, PeerKind kind, int voiceSlots)
    {
        var (_, answer) = Both(name, kind, voiceSlots);
        var accepted = answer.Media.Where(media => Port(media) != 0).ToList();

        Assert.Contains("a=ice-lite", answer.Session);
        Assert.All(accepted, media =>
        {
            Assert.Equal(["passive"], All(media, "a=setup:"));
            Assert.Equal([OfferCorpus.Identity.Fingerprint.ToString()], All(media, "a=fingerprint:"));
            Assert.Equal([OfferCorpus.Identity.Credentials.Fragment], All(media, "a=ice-ufrag:"));
            Assert.Equal([OfferCorpus.Identity.Credentials.Password], All(media, "a=ice-pwd:"));
            Assert.Contains("a=rtcp-mux", media);
        });
        Assert.Equal(["1 1 udp 2130706431 192.0.2.99 8443 typ host"], All(accepted[0], "a=candidate:"));
        Assert.Contains("a=end-of-candidates", accepted[0]);
        Assert.All(accepted.Skip(1), media => Assert.Empty(All(media, "a=candidate:")));
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public void Layers_RTX_and_H264_are_answered_as_offered(string name, PeerKind kind, int voiceSlots)
    {
        var (offer, answer) = Both(name, kind, voiceSlots);
        foreach (var (theirs, ours) in offer.Media.Zip(answer.Media).Where(pair => Port(pair.Second) != 0))
        {
            var sent = One(theirs, "a=simulcast:send ");
            var received = Direction(ours, []) is "a=recvonly" or "a=sendrecv";
            Assert.Equal(received && sent.Contains(';') ? [sent] : [], All(ours, "a=simulcast:recv "));
            Assert.Equal(received && sent.Contains(';') ? sent.Split(';').Select(rid => rid + " recv") : [], All(ours, "a=rid:"));

            foreach (var apt in All(ours, "a=fmtp:").Where(fmtp => fmtp.Contains("apt=", StringComparison.Ordinal)))
            {
                Assert.Contains(apt.Split("apt=")[1], Formats(ours));
                Assert.Contains(apt, All(theirs, "a=fmtp:"));
            }

            foreach (var h264 in All(ours, "a=rtpmap:").Where(map => map.Contains("H264", StringComparison.Ordinal)))
            {
                var fmtp = One(ours, $"a=fmtp:{h264.Split(' ')[0]} ");
                Assert.Contains("packetization-mode=1", fmtp);
                Assert.Contains("profile-level-id=42e01f", fmtp);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public void The_same_offer_again_gets_the_same_bytes(string name, PeerKind kind, int voiceSlots)
    {
        var options = new AnswerOptions { Kind = kind, VoiceSlots = voiceSlots };

        var answer = OfferCorpus.Answer(OfferCorpus.Text(name), options);

        Assert.Equal(answer.Text, OfferCorpus.Answer(OfferCorpus.Text(name), options).Text);
        Assert.StartsWith("v=0\r\no=- 4711 1 IN IP4 0.0.0.0\r\n", answer.Text);
        Assert.EndsWith("\r\n", answer.Text);
    }

    [Theory]
    [MemberData(nameof(Restarts))]
    public void A_browsers_restart_changes_our_credentials_and_the_version_and_nothing_else(string name)
    {
        var first = OfferCorpus.Answer(OfferCorpus.Text(name.Replace("-restart", "", StringComparison.Ordinal)));
        Assert.Equal(OfferRefusal.None, SdpOffer.Read(OfferCorpus.Text(name), out var offer));
        var fresh = StunChecks.Credentials(99);

        Assert.Equal(OfferRefusal.None, first.Restart(offer!, fresh, first.Identity.Candidates, out var second));

        var expected = first.Text
            .Replace("o=- 4711 1 ", "o=- 4711 2 ", StringComparison.Ordinal)
            .Replace(first.Identity.Credentials.Fragment, fresh.Fragment, StringComparison.Ordinal)
            .Replace(first.Identity.Credentials.Password, fresh.Password, StringComparison.Ordinal);
        Assert.Equal(expected, second!.Text);
        Assert.Equal(first.Lines, second.Lines);
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public void Outgoing_SSRCs_are_distinct_SRTP7(string name, PeerKind kind, int voiceSlots)
    {
        var answer = OfferCorpus.Answer(OfferCorpus.Text(name), new AnswerOptions { Kind = kind, VoiceSlots = voiceSlots });
        var ssrcs = answer.Lines.SelectMany(line => new[] { line.OutgoingSsrc, line.OutgoingRepairSsrc }).Where(ssrc => ssrc != 0).ToList();

        Assert.Equal(ssrcs.Distinct(), ssrcs);
        Assert.All(answer.Lines, line => Assert.Equal(line.In != LineRole.None, line.OutgoingSsrc != 0));
        Assert.All(answer.Lines.Where(line => line.In != LineRole.None), line => Assert.Contains($"a=ssrc:{line.OutgoingSsrc} cname:{line.OutgoingCname}\r\n", answer.Text));
    }

    private static (PlainSdp Offer, PlainSdp Answer) Both(string name, PeerKind kind, int voiceSlots)
    {
        var text = OfferCorpus.Text(name);
        var answer = OfferCorpus.Answer(text, new AnswerOptions { Kind = kind, VoiceSlots = voiceSlots });
        return (new PlainSdp(text), new PlainSdp(answer.Text));
    }

    private static bool Allows(string offered, string answered) => answered switch
    {
        "a=inactive" => true,
        "a=recvonly" => offered is "a=sendonly" or "a=sendrecv",
        "a=sendonly" => offered is "a=recvonly" or "a=sendrecv",
        _ => offered == "a=sendrecv",
    };

    private static string Invert(string extmap)
    {
        var words = extmap.Split(' ');
        words[0] = words[0].EndsWith("/recvonly", StringComparison.Ordinal) ? words[0].Replace("recvonly", "sendonly", StringComparison.Ordinal)
            : words[0].Replace("sendonly", "recvonly", StringComparison.Ordinal);
        return string.Join(' ', words);
    }
}
