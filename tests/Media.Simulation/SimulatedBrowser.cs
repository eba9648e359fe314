using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Calls.Media.Codecs;
using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Rtcp;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.Media.Stun;

namespace Calls.Media.Simulation;

/// <summary>
/// A client as a node sees it: checks, a handshake of <see cref="ScriptedHandshake"/>, real SRTP, a frame every 20 ms. What
/// its microphone hears is the test's to say.
/// </summary>
public sealed class SimulatedBrowser
{
    private const int TicksPerFrame = 960;
    private const int PayloadBytes = 80;

    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_connecting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_consent = TimeSpan.FromMilliseconds(2_500);

    private readonly SimulatedNetwork _network;
    private readonly TransportAddress _node;
    private readonly SrtpProfile _profile;
    private readonly Dictionary<uint, int> _lineBySsrc = [];
    private SimulatedAnswer? _answer;
    private SrtpContext? _rtpOut;
    private SrtpContext? _rtpIn;
    private SrtcpContext? _rtcpIn;
    private SrtcpContext? _rtcpOut;
    private MonotonicTime _nextCheck = MonotonicTime.Never;
    private MonotonicTime _nextFrame = MonotonicTime.Never;
    private bool _isChecked;
    private uint _frame;

    public SimulatedBrowser(
        int number, SimulatedOffer offer, SimulatedNetwork network, TransportAddress node, TransportAddress address, SrtpProfile profile)
    {
        _profile = profile;
        Number = number;
        Offer = offer;
        _network = network;
        _node = node;
        Certificate = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"certificate {number}"));
        Address = address;
        Sequence = new SequenceNumber((ushort)(65_000 + (number * 97)));
        Ssrc = new Ssrc((uint)(0x1000 + number));
        network.Attach(address, Receive);
    }

    /// <summary>Its number in the scenario; the mark in the payloads it speaks.</summary>
    public int Number { get; }

    public string Session => string.Create(CultureInfo.InvariantCulture, $"session-{Number}");

    public SimulatedOffer Offer { get; }

    /// <summary>What it shows in the handshake.</summary>
    public byte[] Certificate { get; set; }

    public TransportAddress Address { get; private set; }

    /// <summary>What the microphone hears: a level in −dBov, or null for a frame that is not sent (DTX).</summary>
    public Func<MonotonicTime, int?> Microphone { get; set; } = _ => null;

    /// <summary>The next packet's number. Set before the first one; browsers start anywhere.</summary>
    public SequenceNumber Sequence { get; set; }

    public Ssrc Ssrc { get; set; }

    /// <summary>All it has heard, in order of arrival.</summary>
    public List<HeardPacket> Heard { get; } = [];

    /// <summary>RTCP packets that were not authentic, or SRTP ones: always 0.</summary>
    public int Unopened { get; private set; }

    public List<SenderReport> SenderReports { get; } = [];

    public List<ReportBlock> ReportBlocks { get; } = [];

    public bool WasSaidGoodbye { get; private set; }

    public bool IsConnected => _rtpOut is not null;

    /// <summary>Does it go on checking? A laptop that sleeps does not.</summary>
    public bool IsAwake { get; set; } = true;

    /// <summary>Do its checks get through? Media may, where they do not.</summary>
    public bool Checks { get; set; } = true;

    public MonotonicTime NextDeadline => IsAwake ? MonotonicTime.Earlier(_nextCheck, _nextFrame) : MonotonicTime.Never;

    /// <summary>Its offer; another fragment makes it an ICE restart.</summary>
    public string OfferText(string fragment = "abcd") => Offer.Text(
        CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, Certificate), fragment, "abcdefghijklmnopqrstuv");

    /// <summary>Takes the answer and begins, or goes on, to check.</summary>
    public void Apply(string answer)
    {
        _answer = SimulatedAnswer.Read(answer);
        foreach (var (mid, ssrc) in _answer.SsrcByMid)
        {
            for (var line = 0; line < Offer.VoiceLines; line++)
            {
                if (SimulatedOffer.VoiceMid(line) == mid) { _lineBySsrc[ssrc] = line; }
            }
        }

        _nextCheck = _network.Now;
    }

    /// <summary>Its address changes, as a NAT's mapping does.</summary>
    public void MoveTo(TransportAddress address)
    {
        _network.Detach(Address);
        Address = address;
        _network.Attach(address, Receive);
        _nextCheck = _network.Now;
    }

    public void Tick()
    {
        var now = _network.Now;
        if (now >= _nextCheck)
        {
            SendCheck();
            if (_isChecked && !IsConnected) { Send(ScriptedHandshake.Hello(Certificate)); }

            _nextCheck = now + (IsConnected ? s_consent : s_connecting);
        }

        if (now >= _nextFrame)
        {
            _nextFrame += s_frame;
            _frame++;
            if (Microphone(now) is { } level) { Send(Frame(level)); }
        }
    }

    /// <summary>Leaves as a page that is reloaded does.</summary>
    public void SayGoodbye() => Send(ScriptedHandshake.Goodbye());

    /// <summary>Sends a report about what it hears on a line.</summary>
    public void SendReport(ReportBlock block)
    {
        Span<byte> packet = stackalloc byte[64];
        var length = new ReceiverReport(Ssrc.Value).Write(packet, [block]);
        var room = new byte[128];
        _rtcpOut!.TryProtect(packet[..length], room, out var bytes, out _);
        Send(room.AsSpan(0, bytes));
    }

    /// <summary>The SSRC of one of its voice lines.</summary>
    public uint SsrcOfLine(int line) => _lineBySsrc.Single(pair => pair.Value == line).Key;

    /// <summary>A sealed frame; tests that send what a browser would not take it from here.</summary>
    public byte[] Frame(int level)
    {
        Span<byte> header = stackalloc byte[RtpHeaderWriter.BytesMax];
        var writer = new RtpHeaderWriter(
            header, false, new PayloadType((byte)(Offer.Red ? SimulatedOffer.RedType : Offer.PayloadType)), Sequence, new RtpTimestamp(_frame * TicksPerFrame), Ssrc);
        if (Offer.LevelId != 0) { writer.TryAdd(Offer.LevelId, [(byte)level]); }

        var payload = Payload();
        Sequence = Sequence.Next;
        var packet = new byte[RtpHeaderWriter.BytesMax + payload.Length + 16];
        _rtpOut!.TryProtect(header[..writer.Finish()], payload, packet, out var length, out _);
        return packet[..length];
    }

    private byte[] Payload()
    {
        var primary = new byte[PayloadBytes];
        primary[0] = (byte)Number;
        BinaryPrimitives.WriteUInt32BigEndian(primary.AsSpan(1), _frame);
        if (!Offer.Red) { return primary; }

        // RFC 2198: one older block of 4 bytes, 960 ticks back, which says the frame before; then the primary one.
        var header = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x8000_0000u | ((uint)Offer.PayloadType << 24) | (960u << 10) | 4u);
        header[4] = (byte)Offer.PayloadType;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(5), _frame - 1);
        return [.. header, .. primary];
    }

    /// <summary>Seals any bytes that have a header; for tests that send what no browser would.</summary>
    public byte[] Seal(byte[] plain)
    {
        var room = new byte[plain.Length + 16];
        if (!RtpHeader.TryRead(plain, out var header)) { return plain; }

        return _rtpOut!.TryProtect(plain.AsSpan(0, header.Bytes), plain.AsSpan(header.Bytes), room, out var length, out _)
            ? room[..length]
            : plain;
    }

    public void Send(ReadOnlySpan<byte> datagram) => _network.Send(Address, _node, datagram);

    /// <summary>A check that names the node's fragment for this browser, whoever sends it.</summary>
    public byte[] WriteCheck(string password)
    {
        var check = new byte[200];
        Span<byte> id = stackalloc byte[12];
        BinaryPrimitives.WriteInt64BigEndian(id, _network.Now.Microseconds);
        var writer = new StunWriter(check, StunMessageKind.BindingRequest, id);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(_answer!.Fragment + ":abcd"));
        writer.Add(StunAttribute.Priority, [1, 2, 3, 4]);
        writer.Add(StunAttribute.IceControlling, [1, 2, 3, 4, 5, 6, 7, 8]);
        writer.Add(StunAttribute.UseCandidate, []);
        writer.AddIntegrity(Encoding.ASCII.GetBytes(password));
        writer.AddFingerprint();
        return check[..writer.Bytes];
    }

    private void SendCheck()
    {
        if (_answer is not null && Checks) { Send(WriteCheck(_answer.Password)); }
    }

    private void Receive(TransportAddress source, byte[] datagram)
    {
        switch (DatagramKinds.Of(datagram))
        {
            case DatagramKind.Stun when StunReader.TryRead(datagram, out var message) && message.Kind == StunMessageKind.BindingSuccess:
                if (!_isChecked) { _nextCheck = _network.Now; }

                _isChecked = true;
                break;
            case DatagramKind.Dtls when ScriptedHandshake.IsAnswer(datagram):
                TakeKeys();
                break;
            case DatagramKind.Dtls when ScriptedHandshake.IsGoodbye(datagram):
                WasSaidGoodbye = true;
                break;
            case DatagramKind.Rtp:
                Hear(datagram);
                break;
            case DatagramKind.Rtcp:
                HearReports(datagram);
                break;
        }
    }

    private void TakeKeys()
    {
        if (IsConnected) { return; }

        Span<byte> material = stackalloc byte[_profile.KeyingMaterialBytes];
        ScriptedHandshake.Export(Certificate, material);
        SrtpMasterKey.Split(_profile, material, out var client, out var server);
        var engine = new IntrinsicsEngine();
        _rtpOut = new SrtpContext(_profile, client, engine, new SrtpLimits { StreamsMax = int.MaxValue });   // a hostile one may try
        _rtcpOut = new SrtcpContext(_profile, client, engine, SrtpLimits.Default);
        _rtpIn = new SrtpContext(_profile, server, engine, SrtpLimits.Default);
        _rtcpIn = new SrtcpContext(_profile, server, engine, SrtpLimits.Default);
        _nextFrame = _network.Now;
    }

    private void Hear(byte[] datagram)
    {
        if (_rtpIn is null || !_rtpIn.TryUnprotect(datagram, _network.Now, out var length, out var failure))
        {
            if (_rtpIn is null) { return; }   // overtook the handshake's answer

            TryUnprotectFailed(datagram);
            return;
        }

        RtpHeader.TryRead(datagram.AsSpan(0, length), out var header);
        header.TryReadPayload(datagram.AsSpan(0, length), out var payload);
        var level = Offer.LevelId != 0 && header.Extensions.TryFind(Offer.LevelId, out var levelData) ? levelData[0] : -1;
        var mid = header.Extensions.TryFind(Offer.MidId, out var midData) ? Encoding.ASCII.GetString(midData) : null;
        var isRed = header.PayloadType.Value == SimulatedOffer.RedType;
        uint? again = null;
        var codec = header.PayloadType.Value;
        if (isRed && RedPayload.TryRead(payload, out var red))
        {
            if (red.OlderBlocks > 0) { again = BinaryPrimitives.ReadUInt32BigEndian(payload[5..]); }

            codec = red.PrimaryType.Value;
            payload = red.Primary;
        }

        Heard.Add(new HeardPacket(
            _network.Now,
            _lineBySsrc[header.Ssrc.Value],
            payload[0],
            BinaryPrimitives.ReadUInt32BigEndian(payload[1..]),
            header.Sequence.Value,
            header.Timestamp.Value,
            header.Marker,
            level,
            mid,
            header.PayloadType.Value,
            codec,
            again));
    }

    // A duplicate on the way is no failure of the node's.
    private void TryUnprotectFailed(byte[] datagram)
    {
        _rtpIn!.TryUnprotect(datagram, _network.Now, out _, out var failure);
        if (failure != SrtpFailure.Replayed) { Unopened++; }
    }

    private void HearReports(byte[] datagram)
    {
        if (_rtcpIn is null || !_rtcpIn.TryUnprotect(datagram, _network.Now, out var length, out _)
            || !RtcpReader.TryRead(datagram.AsSpan(0, length), false, out var reader))
        {
            return;
        }

        foreach (var packet in reader)
        {
            WasSaidGoodbye |= packet.Kind == RtcpKind.Goodbye;
            if (SenderReport.TryRead(packet, out var report, out var blocks)) { SenderReports.Add(report); }
            else if (!ReceiverReport.TryRead(packet, out _, out blocks)) { continue; }

            for (var i = 0; i < blocks.Count; i++) { ReportBlocks.Add(blocks[i]); }
        }
    }
}
