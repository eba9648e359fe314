using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Stun;
using Calls.Media.Tests.Stun;

namespace Calls.Media.Tests.Ice;

public sealed class IceLiteAgentTests
{
    private static readonly TransportAddress Local = TransportAddress.FromIPv4(0xC0000264, 8443);
    private static readonly TransportAddress A = TransportAddress.FromIPv4(0xC6336401, 5_000);
    private static readonly TransportAddress B = TransportAddress.FromIPv4(0xC6336402, 6_000);
    private static readonly MonotonicTime Start = MonotonicTime.FromMilliseconds(1_000);

    private readonly IceLiteAgent _agent = new(StunChecks.Ours, new IceLimits());
    private readonly byte[] _answer = new byte[IceLimits.AnswerBytesMax];

    [Theory]
    [InlineData("198.51.100.1")]
    [InlineData("2001:db8::7")]
    public void A_check_is_answered_with_the_address_it_came_from_signed_and_fingerprinted_ICE4(string ip)
    {
        TransportAddress.TryParse(ip, 5_000, TransportKind.Udp, out var source);

        var step = Receive(StunChecks.Check(StunChecks.Ours), source);

        Assert.True(StunReader.TryRead(_answer.AsSpan(0, step.AnswerBytes), out var answer));
        Assert.Equal(StunMessageKind.BindingSuccess, answer.Kind);
        Assert.Equal(StunChecks.TransactionId, answer.TransactionId);
        Assert.True(answer.IsSignedWith(StunChecks.Ours.PasswordBytes));
        Assert.True(answer.HasFingerprint);
        Assert.Equal(source, MappedAddress(answer));
        Assert.Equal((IceNews.FirstCheck, 0), (step.News, step.RefusedWith));
        Assert.Equal((source, Local), (_agent.Remote, _agent.Local));
    }

    [Fact]
    public void Who_does_not_know_the_password_gets_the_documented_refusal_ICE3()
    {
        var password = StunChecks.Ours.PasswordBytes;
        var username = StunChecks.Ours.Fragment + ":peer";

        Assert.Equal(400, Refusal(StunChecks.Write(null, password, nominate: false)));
        Assert.Equal(400, Refusal(StunChecks.Write(username, default, nominate: false)));
        Assert.Equal(401, Refusal(StunChecks.Write("someone:peer", password, nominate: false)));
        Assert.Equal(401, Refusal(StunChecks.Write(username, "wrong"u8, nominate: true)));
        Assert.False(_agent.HasBeenChecked);
        Assert.False(_agent.IsProven(A, Start));
    }

    [Fact]
    public void A_check_for_nobody_is_refused_too_ICE3()
    {
        Assert.Equal(401, IceLiteAgent.RefuseStranger(StunChecks.Check(StunChecks.Ours), _answer).RefusedWith);
        Assert.Equal(400, IceLiteAgent.RefuseStranger(StunChecks.Write(null, "x"u8, nominate: false), _answer).RefusedWith);
        Assert.Equal(IceStep.Nothing, IceLiteAgent.RefuseStranger(StunVectors.ResponseIPv4, _answer));
    }

    [Fact]
    public void A_mandatory_attribute_we_do_not_know_is_named_in_a_signed_refusal_ICE3()
    {
        var step = Receive(StunChecks.Check(StunChecks.Ours, nominate: true, (StunAttribute)0x7ABC));

        Assert.Equal(420, step.RefusedWith);
        var answer = _answer.AsSpan(0, step.AnswerBytes);
        Assert.True(StunReader.TryRead(answer, out var message));
        Assert.Equal(420, message.ErrorCode);
        Assert.True(message.IsSignedWith(StunChecks.Ours.PasswordBytes));
        Assert.True(answer.IndexOf<byte>([0x00, 0x0A, 0x00, 0x02, 0x7A, 0xBC]) > 0);
        Assert.False(_agent.IsNominated);
    }

    [Fact]
    public void An_optional_attribute_we_do_not_know_is_no_reason_to_refuse() =>
        Assert.Equal(0, Receive(StunChecks.Check(StunChecks.Ours, nominate: false, (StunAttribute)0xC057)).RefusedWith);

    [Fact]
    public void A_peer_that_believes_to_be_controlled_hears_of_the_conflict_ICE5()
    {
        Assert.Equal(487, Refusal(StunChecks.Check(StunChecks.Ours, nominate: true, StunAttribute.IceControlled)));
        Assert.False(_agent.HasBeenChecked);
        Assert.Equal(0, Receive(StunChecks.Check(StunChecks.Ours, nominate: true, StunAttribute.IceControlling)).RefusedWith);
    }

    [Fact]
    public void No_refusal_is_longer_than_the_request_ICE3()
    {
        Span<byte> into = stackalloc byte[128];
        var bare = new StunWriter(into, StunMessageKind.BindingRequest, StunChecks.TransactionId);
        Assert.Equal(0, Receive(into[..bare.Bytes].ToArray()).AnswerBytes);

        for (var username = 0; username < 60; username++)
        {
            var request = new StunWriter(into, StunMessageKind.BindingRequest, StunChecks.TransactionId);
            request.Add(StunAttribute.Username, into.Slice(64, username));
            var step = Receive(into[..request.Bytes].ToArray());
            Assert.True(step.AnswerBytes <= request.Bytes, $"{step.AnswerBytes} B for {request.Bytes} B");
        }
    }

    [Fact]
    public void An_unsigned_nomination_behind_the_signature_is_not_believed_ICE2()
    {
        Span<byte> into = stackalloc byte[256];
        var writer = new StunWriter(into, StunMessageKind.BindingRequest, StunChecks.TransactionId);
        writer.Add(StunAttribute.Username, System.Text.Encoding.ASCII.GetBytes(StunChecks.Ours.Fragment + ":peer"));
        writer.AddIntegrity(StunChecks.Ours.PasswordBytes);
        writer.Add(StunAttribute.UseCandidate, default);
        writer.Add(StunAttribute.IceControlled, stackalloc byte[8]);
        writer.AddFingerprint();

        var step = Receive(into[..writer.Bytes].ToArray());

        Assert.Equal((0, IceNews.FirstCheck), (step.RefusedWith, step.News));
        Assert.False(_agent.IsNominated);
    }

    [Fact]
    public void Before_a_nomination_answers_go_to_the_last_proven_pair_and_then_to_the_nominated_one_ICE6()
    {
        Receive(StunChecks.Check(StunChecks.Ours), A);
        Receive(StunChecks.Check(StunChecks.Ours), B);
        Assert.Equal(B, _agent.Remote);

        Assert.Equal(IceNews.Nominated, Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A).News);
        Assert.Equal(IceNews.None, Receive(StunChecks.Check(StunChecks.Ours), B).News);
        Assert.Equal(A, _agent.Remote);
        Assert.Equal(IceNews.None, Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A).News);
    }

    [Fact]
    public void The_newest_nomination_moves_the_transport_at_once_and_the_old_pair_is_heard_for_2_seconds_ICE6_MOVE2()
    {
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);

        Assert.Equal(IceNews.Moved, Receive(StunChecks.Check(StunChecks.Ours, nominate: true), B).News);
        Assert.Equal(B, _agent.Remote);
        Assert.True(_agent.IsProven(A, Start + TimeSpan.FromSeconds(1.9)));
        Assert.False(_agent.IsProven(A, Start + TimeSpan.FromSeconds(2)));
        Assert.True(_agent.IsProven(B, Start + TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void UDP_to_TCP_is_a_move_MOVE2()
    {
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);
        var tcp = TransportAddress.FromIPv4(0xC6336401, 5_000, TransportKind.Tcp);

        Assert.Equal(IceNews.Moved, Receive(StunChecks.Check(StunChecks.Ours, nominate: true), tcp).News);
        Assert.Equal(tcp, _agent.Remote);
    }

    [Fact]
    public void Another_own_address_is_a_move_too_ICE4()
    {
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);
        var otherLocal = TransportAddress.FromIPv4(0xC0000265, 8443);

        var step = _agent.Receive(A, otherLocal, StunChecks.Check(StunChecks.Ours, nominate: true), Start, _answer);

        Assert.Equal(IceNews.Moved, step.News);
        Assert.Equal(otherLocal, _agent.Local);
    }

    [Fact]
    public void Silence_is_told_at_10_seconds_stops_sending_at_30_and_ends_at_60_MOVE3()
    {
        Assert.Equal(MonotonicTime.Never, _agent.NextDeadline);
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);

        Assert.Equal(IceNews.None, _agent.Tick(Start + TimeSpan.FromSeconds(9.9)));
        Assert.Equal(IceNews.Stalled, TickAtDeadline(10));
        Assert.True(_agent.MaySend);
        Assert.Equal(IceNews.ConsentLost, TickAtDeadline(30));
        Assert.False(_agent.MaySend);
        Assert.Equal(IceNews.Expired, TickAtDeadline(60));
        Assert.Equal(MonotonicTime.Never, _agent.NextDeadline);
    }

    [Fact]
    public void A_check_within_the_grace_revives_the_session_MOVE3()
    {
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);
        TickAtDeadline(10);
        TickAtDeadline(30);

        var later = Start + TimeSpan.FromSeconds(45);
        var step = _agent.Receive(A, Local, StunChecks.Check(StunChecks.Ours), later, _answer);

        Assert.Equal(IceNews.Resumed, step.News);
        Assert.True(_agent.MaySend);
        Assert.Equal(later + TimeSpan.FromSeconds(10), _agent.NextDeadline);
    }

    [Fact]
    public void A_restart_keeps_the_old_credentials_until_a_pair_is_nominated_under_the_new_MOVE1()
    {
        var fresh = StunChecks.Credentials(99);
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);
        _agent.Restart(fresh, Start);

        Assert.Equal(0, Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A).RefusedWith);
        Assert.Equal(0, Receive(StunChecks.Check(fresh), B).RefusedWith);
        Assert.Equal(A, _agent.Remote);

        Assert.Equal(IceNews.Restarted | IceNews.Moved, Receive(StunChecks.Check(fresh, nominate: true), B).News);
        Assert.Equal(401, Receive(StunChecks.Check(StunChecks.Ours), A).RefusedWith);
    }

    [Fact]
    public void Old_credentials_end_when_they_are_not_used_for_30_seconds_MOVE1()
    {
        _agent.Restart(StunChecks.Credentials(99), Start);

        Assert.Equal(401, _agent.Receive(A, Local, StunChecks.Check(StunChecks.Ours), Start + TimeSpan.FromSeconds(30), _answer).RefusedWith);
    }

    [Fact]
    public void A_browser_that_goes_on_with_the_old_credentials_after_a_restart_is_not_cut_off_MOVE1()
    {
        // Seen in Chromium 156: a pair that it nominates before it has our answer keeps its credentials for life.
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);
        _agent.Restart(StunChecks.Credentials(99), Start);

        for (var second = 0.0; second < 120; second += 2.5)
        {
            var step = _agent.Receive(B, Local, StunChecks.Check(StunChecks.Ours, nominate: true), Start + TimeSpan.FromSeconds(second), _answer);
            Assert.Equal(0, step.RefusedWith);
        }
    }

    [Fact]
    public void Another_restart_keeps_the_credentials_that_the_pair_in_use_was_nominated_with_MOVE1()
    {
        var (second, third, fourth) = (StunChecks.Credentials(99), StunChecks.Credentials(77), StunChecks.Credentials(55));
        Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A);
        _agent.Restart(second, Start);
        Receive(StunChecks.Check(second), B);
        _agent.Restart(third, Start);

        Assert.Equal(0, Receive(StunChecks.Check(StunChecks.Ours, nominate: true), A).RefusedWith);
        Assert.Equal(401, Receive(StunChecks.Check(second), B).RefusedWith);

        Receive(StunChecks.Check(third, nominate: true), B);
        _agent.Restart(fourth, Start);
        Assert.Equal(401, Receive(StunChecks.Check(StunChecks.Ours), A).RefusedWith);
        Assert.Equal(0, Receive(StunChecks.Check(third), B).RefusedWith);
    }

    [Fact]
    public void Proven_pairs_are_bounded_and_the_stalest_gives_way()
    {
        for (var i = 0; i <= IceLimits.ProvenPairsMax; i++)
        {
            var now = Start + TimeSpan.FromMilliseconds(i);
            _agent.Receive(AtPort(7_000 + i), Local, StunChecks.Check(StunChecks.Ours), now, _answer);
        }

        Assert.False(_agent.IsProven(AtPort(7_000), Start));
        Assert.True(_agent.IsProven(AtPort(7_001), Start));
        Assert.True(_agent.IsProven(AtPort(7_000 + IceLimits.ProvenPairsMax), Start));
    }

    [Fact]
    public void Answering_and_refusing_allocate_nothing()
    {
        var good = StunChecks.Check(StunChecks.Ours, nominate: true);
        var bad = StunChecks.Write("someone:peer", "x"u8, nominate: false);
        Receive(good);
        Receive(bad);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _agent.Receive(A, Local, good, Start, _answer);
            _agent.Receive(B, Local, bad, Start, _answer);
            _agent.IsProven(B, Start);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TransportAddress AtPort(int port) => TransportAddress.FromIPv4(0xC6336401, (ushort)port);

    private IceStep Receive(byte[] datagram, TransportAddress? source = null) =>
        _agent.Receive(source ?? A, Local, datagram, Start, _answer);

    private int Refusal(byte[] request)
    {
        var step = Receive(request);
        Assert.True(StunReader.TryRead(_answer.AsSpan(0, step.AnswerBytes), out var answer));
        Assert.Equal(StunMessageKind.BindingError, answer.Kind);
        Assert.Equal(step.RefusedWith, answer.ErrorCode);
        return step.RefusedWith;
    }

    private IceNews TickAtDeadline(int seconds)
    {
        Assert.Equal(Start + TimeSpan.FromSeconds(seconds), _agent.NextDeadline);
        return _agent.Tick(_agent.NextDeadline);
    }

    private static TransportAddress MappedAddress(in StunReader answer)
    {
        Span<byte> mask = [0x21, 0x12, 0xA4, 0x42, .. StunChecks.TransactionId];
        var value = answer.XorMappedAddress.ToArray();
        for (var i = 4; i < value.Length; i++) { value[i] ^= mask[i - 4]; }
        return TransportAddress.From(value.AsSpan(4), (ushort)(((value[2] << 8) | value[3]) ^ 0x2112));
    }
}
