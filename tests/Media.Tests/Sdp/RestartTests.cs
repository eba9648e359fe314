using Calls.Media.Sdp;
using Calls.Media.Tests.Stun;

namespace Calls.Media.Tests.Sdp;

/// <summary>An ICE restart offers the same lines (row MOVE1).</summary>
public sealed class RestartTests
{
    private static readonly string First = OfferText.Of("audio sendonly", "audio recvonly", "application");
    private static readonly string Fresh = First.Replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh", StringComparison.Ordinal);

    [Theory]
    [InlineData("a=mid:1", "a=mid:7", "BUNDLE 0 1", "BUNDLE 0 7")]
    [InlineData("a=recvonly", "a=sendrecv", "", "")]
    [InlineData("CB:49", "CB:48", "", "")]
    [InlineData("m=application", "m=text", "", "")]
    public void Another_session_is_no_restart_and_the_first_lives_on(string before, string after, string alsoBefore, string alsoAfter)
    {
        var first = OfferCorpus.Answer(First);
        var text = Fresh.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(Fresh, text);
        text = alsoBefore.Length == 0 ? text : text.Replace(alsoBefore, alsoAfter, StringComparison.Ordinal);

        Assert.Equal(OfferRefusal.RestartChanged, Restart(first, text, out var second));
        Assert.Null(second);
        Assert.Equal(OfferRefusal.None, Restart(first, Fresh, out _));
    }

    [Fact]
    public void An_added_line_is_no_restart() => Assert.Equal(
        OfferRefusal.RestartChanged,
        Restart(OfferCorpus.Answer(First), OfferText.Of("audio sendonly", "audio recvonly", "application", "audio recvonly"), out _));

    [Fact]
    public void What_else_a_browser_changes_is_not_read()
    {
        var first = OfferCorpus.Answer(OfferText.Of("audio sendonly", "video recvonly", "application"));
        var text = OfferText.Of("audio sendonly", "video recvonly", "application")
            .Replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh", StringComparison.Ordinal)
            .Replace("SAVPF 96 97", "SAVPF 96", StringComparison.Ordinal)
            .Replace("m=audio 9", "m=audio 50000", StringComparison.Ordinal)
            .Replace("a=setup:actpass", "a=setup:active", StringComparison.Ordinal)
            .Replace("m=application 9", "m=application 0", StringComparison.Ordinal);

        Assert.Equal(OfferRefusal.None, Restart(first, text, out var second));
        Assert.Equal(first.Lines, second!.Lines);
        Assert.Equal(2, second.Version);
        Assert.Contains("m=video 8443 UDP/TLS/RTP/SAVPF 96 97\r\n", second.Text);
    }

    [Fact]
    public void A_second_restart_has_the_next_version()
    {
        Restart(OfferCorpus.Answer(First), Fresh, out var second);
        Restart(second!, First, out var third);

        Assert.Contains("o=- 4711 3 IN IP4", third!.Text);
    }

    private static OfferRefusal Restart(SdpAnswer first, string text, out SdpAnswer? second)
    {
        Assert.Equal(OfferRefusal.None, SdpOffer.Read(text, out var offer));
        return first.Restart(offer!, StunChecks.Credentials(99), first.Identity.Candidates, out second);
    }
}
