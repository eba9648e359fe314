using Calls.Media.Rtcp;
using Calls.Media.Sdp;
using Calls.Media.Simulation;
using Calls.Media.Tests.Rooms;
using Calls.Support;
using Xunit.Abstractions;

namespace Calls.Media.Tests.Peers;

/// <summary>Rows RTCP3 and RTCP9: reports begin and end here.</summary>
public sealed class ReportTests(ITestOutputHelper output)
{
    [Fact]
    public void Sender_reports_tell_the_slots_own_time_on_our_clock()
    {
        var call = Talking(out _, out var bob);
        call.RunMilliseconds(10_000);
        var ssrc = bob.SsrcOfLine(0);
        var reports = bob.SenderReports.Where(report => report.Sender == ssrc).ToList();
        Assert.InRange(reports.Count, 9, 13);

        var heard = bob.Heard.Last(packet => packet.Line == 0);
        var last = reports[^1];
        Assert.All(reports.Zip(reports.Skip(1)), pair =>
        {
            var seconds = NtpTime.FromUnits(pair.Second.Time.Middle - pair.First.Time.Middle).TotalSeconds;
            Assert.InRange((int)(pair.Second.Timestamp - pair.First.Timestamp), (seconds * 48_000) - 10, (seconds * 48_000) + 10);
        });

        // The same instant on both clocks: a packet and the report around it agree within the packet's way.
        var sentAt = heard.At + -call.Network.Weather.Delay;
        var offset = (int)(last.Timestamp - heard.Timestamp) / 48.0;
        var between = NtpTime.FromUnits(last.Time.Middle - NtpTime.From(sentAt).Middle).TotalMilliseconds;
        Assert.InRange(Math.Abs((between > 1_000_000 ? between - 65_536_000 : between) - offset), 0, 25);
    }

    [Fact]
    public void Loss_upstream_is_reported_upstream_and_a_mute_is_not_loss()
    {
        var call = Talking(out var alice, out _);
        call.Network.Weather = Weather.Fair with { Loss = 0.1 };
        call.RunMilliseconds(10_000);
        var blocks = alice.ReportBlocks.Where(block => block.Source == alice.Ssrc.Value).ToList();
        Assert.InRange(blocks.Count, 6, 13);
        Assert.InRange(blocks[^1].CumulativeLost, 25, 80);
        Assert.Contains(blocks, block => block.FractionLost > 10);

        call.Network.Weather = Weather.Fair;
        call.Mute(alice, muted: true);
        call.RunMilliseconds(3_000);
        var lost = alice.ReportBlocks[^1].CumulativeLost;
        call.RunMilliseconds(3_000);
        Assert.Equal(lost, alice.ReportBlocks[^1].CumulativeLost);
        Assert.Equal(0, alice.ReportBlocks[^1].FractionLost);
    }

    [Fact]
    public void What_a_listener_reports_is_in_the_statistics_of_its_own_line_and_nobody_elses()
    {
        var call = Talking(out var alice, out var bob);
        bob.SendReport(new ReportBlock(bob.SsrcOfLine(0), 64, 10, 0, 480, 0, 0));
        bob.SendReport(new ReportBlock(alice.SsrcOfLine(0), 255, 10, 0, 480, 0, 0));
        call.RunMilliseconds(100);

        var line = call.Statistics(bob).Lines.Single(line => line is { Role: LineRole.VoiceIn, Index: 0 });
        Assert.Equal((0.25, 10.0), (line.Loss, line.Jitter.TotalMilliseconds));
        Assert.All(call.Statistics(alice).Lines.Where(other => other.Role == LineRole.VoiceIn), other => Assert.Equal(0, other.Loss));
    }

    [Fact]
    public void The_round_trip_comes_from_the_listeners_report_on_ours()
    {
        var call = Talking(out _, out var bob);
        call.RunMilliseconds(2_000);
        var report = bob.SenderReports[^1];
        bob.SendReport(new ReportBlock(report.Sender, 0, 0, 0, 0, report.Time.Middle, 0));
        var waited = NtpTime.FromUnits(NtpTime.From(call.Now).Middle - report.Time.Middle);
        call.RunMilliseconds(100);

        Assert.InRange(
            call.Statistics(bob).RoundTrip!.Value.TotalMilliseconds,
            waited.TotalMilliseconds + 9,
            waited.TotalMilliseconds + 11);
    }

    [Fact]
    public void Statistics_name_source_codec_loss_and_drops()
    {
        var call = Talking(out var alice, out var bob);
        call.Mute(alice, muted: true);
        call.RunMilliseconds(1_000);
        var (ofAlice, ofBob) = (call.Statistics(alice), call.Statistics(bob));

        var voice = Assert.Single(ofAlice.Lines, line => line.Role == LineRole.VoiceOut);
        Assert.Equal((alice.Ssrc.Value, "opus", 0.0), (voice.Ssrc, voice.Codec, voice.Loss));
        Assert.Equal(["mic", "voice0", "voice1", "voice2"], ofAlice.Lines.Select(line => line.Mid));
        Assert.InRange(voice.Drops[Media.Tracks.DropReason.Muted], 48, 52);
        Assert.Contains(ofAlice.Lines, line => line.Role == LineRole.VoiceIn && line.Source == bob.Session);
        Assert.DoesNotContain(ofBob.Lines, line => line.Source == alice.Session);
        Assert.NotNull(ofBob.ConnectedSince);
    }

    private RoomScenario Talking(out SimulatedBrowser alice, out SimulatedBrowser bob)
    {
        var call = new RoomScenario(Seeds.For(output.WriteLine));
        (alice, bob) = (call.Join(), call.Join());
        alice.Microphone = Talk.Always();
        bob.Microphone = Talk.Always(35);
        call.RunMilliseconds(2_000);
        return call;
    }
}
