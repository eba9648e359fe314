using System.Security.Cryptography;
using System.Text;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.Media.Stun;
using Calls.MediaNode.Loops;
using Calls.MediaNode.Tests.Clients;
using Calls.MediaNode.WarmUp;

namespace Calls.MediaNode.Tests.Loops;

/// <summary>Two loops that the test itself turns, with sockets that receive what it says.</summary>
internal sealed class LoopPair : IDisposable
{
    public const byte RtpFirstByte = 0x80;

    private readonly ScriptedDtls _dtls = new();

    public LoopPair(int sessionsMax = int.MaxValue)
    {
        var settings = new LoopSettings(
            new LoopClock(TimeProvider.System), new PeerSeams(_dtls, new IntrinsicsEngine(), new Entropy()), new News(this))
        {
            Loops = 2,
            SessionsMax = sessionsMax,
            Peers = thread => new PeerSetup(thread, IceCandidate.For([TransportAddress.FromIPv4(0x7F000001, 9)])),
        };
        All = new LoopSet(settings, _ => new ScriptedSocket());
    }

    public LoopSet All { get; }

    public MediaLoop Arrival => All.Loops[0];

    public MediaLoop Owner => All.Loops[1];

    /// <summary>Told what rooms say.</summary>
    public Action<RoomEvent> Heard { get; set; } = _ => { };

    public static RoomCommand.Reserve Reservation(string session, int generation = 1) => new(
        session,
        new Reservation(generation, PeerKind.Participant, new Permissions(1, Voice: true, Screen: false, Muted: false), 3, TimeSpan.FromMinutes(1)));

    /// <summary>A session of a call of its own; what it returns writes its checks.</summary>
    public Client Join(MediaLoop loop, string session)
    {
        var call = NodeHost.NewId<CallId>();
        loop.Rooms.Execute(call, Reservation(session), opens: true, MonotonicTime.Zero);
        var offer = ClientOffer.Write("abcd", "abcdefghijklmnopqrstuv", _dtls.LocalFingerprint, 1, voiceLines: 3);
        var answered = loop.Rooms.Execute(call, new RoomCommand.Answer(session, 1, 1, offer), opens: false, MonotonicTime.Zero).Reply;
        return new Client(call, session, Assert.IsType<RoomReply.Answered>(answered).Sdp);
    }

    /// <summary>Datagrams come in at the first loop and go where they belong; what follows from them is done.</summary>
    public void Receive(byte[] datagram, TransportAddress source)
    {
        ((ScriptedSocket)Arrival.Socket).Add(datagram, source);
        Arrival.Turn();
        Owner.Turn();
        Arrival.Turn();
    }

    public void Dispose() => All.Dispose();

    public sealed record Client(CallId Call, string Session, string Answer)
    {
        public byte[] Check()
        {
            var check = new byte[256];
            var writer = new StunWriter(check, StunMessageKind.BindingRequest, "check-check-"u8);
            writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(ClientOffer.Read(Answer, "ice-ufrag") + ":abcd"));
            writer.Add(StunAttribute.IceControlling, [0, 0, 0, 0, 0, 0, 0, 1]);
            writer.Add(StunAttribute.UseCandidate, []);
            writer.AddIntegrity(Encoding.ASCII.GetBytes(ClientOffer.Read(Answer, "ice-pwd")));
            writer.AddFingerprint();
            return check[..writer.Bytes];
        }
    }

    private sealed class News(LoopPair pair) : ILoopNews
    {
        public void Say(CallId call, RoomEvent news, MonotonicTime now) => pair.Heard(news);
    }

    private sealed class Entropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
