using Calls.Media.Datagrams;
using Calls.Media.Stun;

namespace Calls.Media.Ice;

/// <summary>
/// The ICE side of one session: always lite, always controlled (row ICE5). It answers checks, knows which addresses have
/// proven themselves, where media goes, and notices silence. It sends nothing on its own.
/// </summary>
public sealed class IceLiteAgent(IceCredentials ours, IceLimits limits)
{
    private readonly IceRestart _credentials = new(ours, limits);
    private readonly ProvenPairs _proven = new();
    private MonotonicTime _lastCheckAt = MonotonicTime.Never;
    private Silence _silence;
    private bool _nominated;

    private enum Silence : byte
    {
        None,
        Stalled,
        ConsentLost,
        Expired,
    }

    /// <summary>The credentials checks are expected to use.</summary>
    public IceCredentials Credentials => _credentials.Present;

    /// <summary>Credentials from before a restart that may still be used; null if there are none.</summary>
    public IceCredentials? OldCredentials => _credentials.Old;

    /// <summary>Has an authenticated check come?</summary>
    public bool HasBeenChecked => _lastCheckAt != MonotonicTime.Never;

    /// <summary>Has a pair been nominated?</summary>
    public bool IsNominated => _nominated;

    /// <summary>
    /// Where to send: the nominated pair, before the first nomination the one proven last (row ICE6). None before the first
    /// check.
    /// </summary>
    public TransportAddress Remote { get; private set; }

    /// <summary>The own address to send from: the one that was asked (row ICE4).</summary>
    public TransportAddress Local { get; private set; }

    /// <summary>May anything be sent to <see cref="Remote"/>? Not before a check, and not after 30 s without one.</summary>
    public bool MaySend => HasBeenChecked && _silence < Silence.ConsentLost;

    /// <summary>When <see cref="Tick"/> has something to say.</summary>
    public MonotonicTime NextDeadline => HasBeenChecked && NextSilence is { } next ? _lastCheckAt + next.After : MonotonicTime.Never;

    private (TimeSpan After, IceNews News)? NextSilence => _silence switch
    {
        Silence.None => (limits.StalledAfter, IceNews.Stalled),
        Silence.Stalled => (limits.ConsentMax, IceNews.ConsentLost),
        Silence.ConsentLost => (limits.StalledGrace, IceNews.Expired),
        _ => null,
    };

    /// <summary>May DTLS and media be read from that address? Others are dropped unanswered (rows DMX1, MOVE2).</summary>
    public bool IsProven(TransportAddress source, MonotonicTime now) =>
        (source == Remote && HasBeenChecked) || _proven.IsProven(source, now);

    /// <summary>
    /// Takes one STUN datagram that came from <paramref name="source"/> to our address <paramref name="local"/>. An answer, of at
    /// most <see cref="IceLimits.AnswerBytesMax"/> bytes, is written into <paramref name="answer"/>.
    /// </summary>
    public IceStep Receive(
        TransportAddress source, TransportAddress local, ReadOnlySpan<byte> datagram, MonotonicTime now, Span<byte> answer)
    {
        // 1. A check at all? Answers and keep-alives are none of a lite agent's business.
        if (!StunReader.TryRead(datagram, out var check) || check.Kind != StunMessageKind.BindingRequest) { return IceStep.Nothing; }

        // 2. From somebody who knows the password?
        if (check.Username.IsEmpty || !check.HasIntegrity) { return Refuse(check, StunRefusal.BadRequest, default, answer); }

        var credentials = _credentials.Find(check.LocalFragment, now);
        if (credentials is null || !check.IsSignedWith(credentials.PasswordBytes))
        {
            return Refuse(check, StunRefusal.Unauthenticated, default, answer);
        }

        // 3. Understood, and in agreement about the roles?
        if (check.UnknownMandatoryCount > 0) { return Refuse(check, StunRefusal.UnknownAttribute, credentials.PasswordBytes, answer); }
        if (check.IsFromControlled) { return Refuse(check, StunRefusal.RoleConflict, credentials.PasswordBytes, answer); }

        // 4. The pair is proven, and perhaps nominated.
        _credentials.Use(credentials, now);
        var news = Hear(source, local, now);
        if (check.UseCandidate) { news |= Nominate(source, local, credentials, now); }

        var writer = new StunWriter(answer, StunMessageKind.BindingSuccess, check.TransactionId);
        writer.AddXorMappedAddress(source);
        writer.AddIntegrity(credentials.PasswordBytes);
        writer.AddFingerprint();
        return new IceStep(writer.Bytes, 0, news);
    }

    /// <summary>
    /// Writes the refusal of a check that belongs to no session: 400 without USERNAME or integrity, else 401 (row ICE3).
    /// </summary>
    public static IceStep RefuseStranger(ReadOnlySpan<byte> datagram, Span<byte> answer)
    {
        if (!StunReader.TryRead(datagram, out var check) || check.Kind != StunMessageKind.BindingRequest) { return IceStep.Nothing; }

        var isBad = check.Username.IsEmpty || !check.HasIntegrity;
        return Refuse(check, isBad ? StunRefusal.BadRequest : StunRefusal.Unauthenticated, default, answer);
    }

    /// <summary>New credentials after an ICE restart (row MOVE1). Nothing else changes.</summary>
    public void Restart(IceCredentials fresh, MonotonicTime now) => _credentials.Begin(fresh, now);

    /// <summary>Notices silence. Says at most one thing at a time; ask <see cref="NextDeadline"/> again.</summary>
    public IceNews Tick(MonotonicTime now)
    {
        if (now < NextDeadline || NextSilence is not { } next) { return IceNews.None; }

        _silence++;
        return next.News;
    }

    private static IceStep Refuse(in StunReader check, int code, ReadOnlySpan<byte> password, Span<byte> answer) =>
        new(StunRefusal.Write(check, code, password, answer), code, IceNews.None);

    private IceNews Hear(TransportAddress source, TransportAddress local, MonotonicTime now)
    {
        var news = HasBeenChecked ? IceNews.None : IceNews.FirstCheck;
        if (_silence != Silence.None) { news |= IceNews.Resumed; }

        _silence = Silence.None;
        _lastCheckAt = now;
        _proven.Prove(source, local, now + limits.ConsentMax);
        if (!_nominated) { (Remote, Local) = (source, local); }
        return news;
    }

    private IceNews Nominate(TransportAddress source, TransportAddress local, IceCredentials credentials, MonotonicTime now)
    {
        var news = _credentials.CompleteWith(credentials) ? IceNews.Restarted : IceNews.None;
        if (!_nominated)
        {
            _nominated = true;
            news |= IceNews.Nominated;
        }
        else if (source != Remote || local != Local)
        {
            _proven.Retire(Remote, Local, now + limits.OldPairMax);
            news |= IceNews.Moved;
        }

        (Remote, Local) = (source, local);
        return news;
    }
}
