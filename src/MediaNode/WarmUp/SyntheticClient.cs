using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Calls.Media.Dtls;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.Media.Stun;

namespace Calls.MediaNode.WarmUp;

/// <summary>A client of the warm-up's call: it joins without being asked anything and talks when told to.</summary>
internal sealed class SyntheticClient : IDisposable
{
    private const byte PayloadTypeOpus = 111;
    private const int LevelId = 1;
    private const byte SpeakingLevel = 0x80 | 20;
    private const int VoiceSamples = 960;   // 20 ms at 48 kHz
    private const int VoiceBytes = 100;
    private const int PacketBytesMax = 256;
    private const int DiscardBytes = 2_048;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
    private readonly SrtpContext _seal;
    private readonly uint _ssrc;
    private readonly byte[] _packet = new byte[PacketBytesMax];
    private readonly byte[] _voice = new byte[VoiceBytes];
    private readonly byte[] _discarded = new byte[DiscardBytes];
    private ushort _sequence;

    public SyntheticClient(int number, IPEndPoint node, ISrtpEngine engine)
    {
        _ssrc = (uint)(1000 + number);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(node);
        Span<byte> keys = stackalloc byte[ScriptedDtls.KeyingBytes];
        ScriptedDtls.FillKeys(keys);
        SrtpMasterKey.Split(SrtpProfile.AeadAes128Gcm, keys, out var client, out _);
        _seal = new SrtpContext(SrtpProfile.AeadAes128Gcm, client, engine, SrtpLimits.Default);
    }

    public string Offer(CertificateFingerprint fingerprint)
    {
        var text = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n");
        for (var line = 0; line < 2; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"m=audio 9 UDP/TLS/RTP/SAVPF {PayloadTypeOpus}\r\nc=IN IP4 0.0.0.0\r\n")
                .Append("a=ice-ufrag:warm\r\na=ice-pwd:warming-up-warming-up-warm\r\na=setup:actpass\r\na=rtcp-mux\r\n")
                .Append(CultureInfo.InvariantCulture, $"a=fingerprint:{fingerprint}\r\na=mid:{line}\r\n")
                .Append(line == 0 ? "a=sendonly\r\n" : "a=recvonly\r\n")
                .Append(CultureInfo.InvariantCulture, $"a=extmap:{LevelId} urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n")
                .Append(CultureInfo.InvariantCulture, $"a=rtpmap:{PayloadTypeOpus} opus/48000/2\r\n");
            if (line == 0) { text.Append(CultureInfo.InvariantCulture, $"a=ssrc:{_ssrc} cname:warm\r\n"); }
        }

        return text.ToString();
    }

    /// <summary>Checks, nominates, and "shakes hands", as the answer says.</summary>
    public void Connect(string answer)
    {
        var check = new byte[PacketBytesMax];
        var writer = new StunWriter(check, StunMessageKind.BindingRequest, "warm-up-warm"u8);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(Value(answer, "ice-ufrag") + ":warm"));
        writer.Add(StunAttribute.IceControlling, [0, 0, 0, 0, 0, 0, 0, 1]);
        writer.Add(StunAttribute.UseCandidate, []);
        writer.AddIntegrity(Encoding.ASCII.GetBytes(Value(answer, "ice-pwd")));
        writer.AddFingerprint();
        _socket.Send(check.AsSpan(0, writer.Bytes));
        _socket.Send("\x16warm"u8);
    }

    public void Say()
    {
        Span<byte> header = stackalloc byte[RtpHeaderWriter.BytesMax];
        var writer = new RtpHeaderWriter(
            header,
            marker: false,
            new PayloadType(PayloadTypeOpus),
            new SequenceNumber(_sequence),
            new RtpTimestamp((uint)(_sequence * VoiceSamples)),
            new Ssrc(_ssrc));
        _sequence++;
        writer.TryAdd(LevelId, [SpeakingLevel]);
        if (_seal.TryProtect(header[..writer.Finish()], _voice, _packet, out var bytes, out _)) { _socket.Send(_packet.AsSpan(0, bytes)); }
    }

    /// <summary>Empties the socket; returns how many datagrams there were.</summary>
    public int Discard()
    {
        var count = 0;
        while (_socket.Available > 0)
        {
            _socket.Receive(_discarded);
            count++;
        }

        return count;
    }

    public void Dispose() => _socket.Dispose();

    private static string Value(string sdp, string name)
    {
        var start = sdp.IndexOf($"a={name}:", StringComparison.Ordinal) + name.Length + 3;
        return sdp[start..sdp.IndexOf('\r', start)];
    }
}
