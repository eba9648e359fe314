using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Calls.Media.Datagrams;
using Calls.Media.Rtp;
using Calls.Media.Srtp;
using Calls.Media.Stun;

namespace Calls.MediaNode.Tests.Clients;

/// <summary>A voice that reached the client.</summary>
internal readonly record struct HeardPacket(uint Ssrc, ushort Sequence, uint Timestamp, string Payload);

/// <summary>
/// A client over real UDP: it checks and nominates as a browser does, shakes hands with OpenSSL's own client, and seals and
/// opens SRTP. It is driven by its test and has no thread of its own.
/// </summary>
internal sealed class UdpClientPeer : IDisposable
{
    private const int PatienceMilliseconds = 10_000;
    private const int ResendMilliseconds = 200;
    private const int VoiceSamples = 960;

    private readonly string _fragment = Random(4);
    private readonly string _password = Random(12);
    private readonly OpenSslClient _dtls;
    private readonly byte[] _buffer = new byte[4096];
    private Socket _socket = Open();
    private IPEndPoint _node = new(IPAddress.Loopback, 0);
    private string _nodeFragment = "";
    private string _nodePassword = "";
    private SrtpContext? _out;
    private SrtpContext? _in;
    private ushort _sequence = 65_530;
    private uint _timestamp;

    public UdpClientPeer(OpenSslClientSetup? setup = null) => _dtls = new OpenSslClient(setup);

    public uint Ssrc { get; } = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));

    public List<HeardPacket> Heard { get; } = [];

    public bool IsClosedByNode => _dtls.IsClosedByPeer;

    public Socket Socket => _socket;

    /// <summary>What the handshake exported, for whoever opens packets by other means; empty before.</summary>
    public byte[] Exported { get; private set; } = [];

    public string Offer(int voiceLines = 3) =>
        ClientOffer.Write(_fragment, _password, _dtls.Certificate.Fingerprint, Ssrc, voiceLines);

    /// <summary>Takes the node's answer: where to send checks, and how to sign them.</summary>
    public void Accept(string answer)
    {
        _nodeFragment = ClientOffer.Read(answer, "ice-ufrag");
        _nodePassword = ClientOffer.Read(answer, "ice-pwd");
        var candidate = ClientOffer.Read(answer, "candidate").Split(' ');
        _node = new IPEndPoint(IPAddress.Parse(candidate[4]), int.Parse(candidate[5], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Where the answer says the node is.</summary>
    public int NodePort => _node.Port;

    /// <summary>Sends to another port of the node from now on.</summary>
    public void SendTo(int port) => _node = new IPEndPoint(_node.Address, port);

    /// <summary>Checks, nominates, shakes hands; ends when both sides have keys.</summary>
    public void Connect(int patienceMilliseconds = PatienceMilliseconds)
    {
        Nominate();
        var pending = _dtls.Step();
        Converse(
            "the DTLS handshake",
            () => Send(pending),
            datagram =>
            {
                if (DatagramKinds.Of(datagram) == DatagramKind.Dtls) { Send(_dtls.Receive(datagram)); }

                return _dtls.IsConnected || _dtls.Failed || _dtls.IsClosedByPeer;
            },
            patienceMilliseconds);
        if (!_dtls.IsConnected) { throw new InvalidOperationException("The node ended the handshake."); }

        var profile = new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 }.Single(one => one.Id == _dtls.SelectedProfile);
        Exported = _dtls.ExportKeys(profile.KeyingMaterialBytes);
        SrtpMasterKey.Split(profile, Exported, out var client, out var server);
        _out = new SrtpContext(profile, client, new IntrinsicsEngine(), SrtpLimits.Default);
        _in = new SrtpContext(profile, server, new IntrinsicsEngine(), SrtpLimits.Default);
    }

    /// <summary>Sends a check with USE-CANDIDATE and waits for its answer.</summary>
    public void Nominate() => Nominate(_nodePassword);

    public void Nominate(string password)
    {
        var transaction = RandomNumberGenerator.GetBytes(12);
        var check = WriteCheck(transaction, password, nominates: true);
        Converse(
            "the answer to a check",
            () => SendRaw(check),
            datagram => StunReader.TryRead(datagram, out var answer)
                && answer.TransactionId.SequenceEqual(transaction)
                && (answer.Kind == StunMessageKind.BindingSuccess
                    ? true
                    : throw new InvalidOperationException($"The check was refused: {answer.ErrorCode}")));
    }

    /// <summary>Sends a check as browsers do all the time, and does not wait for its answer.</summary>
    public void Refresh() => SendRaw(WriteCheck(RandomNumberGenerator.GetBytes(12), _nodePassword, nominates: true));

    /// <summary>Moves to another port, as after a NAT has forgotten; the node learns of it by the next check.</summary>
    public void Move()
    {
        _socket.Dispose();
        _socket = Open();
    }

    public byte[] WriteCheck(ReadOnlySpan<byte> transaction, string password, bool nominates)
    {
        var check = new byte[512];
        var writer = new StunWriter(check, StunMessageKind.BindingRequest, transaction);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes($"{_nodeFragment}:{_fragment}"));
        writer.Add(StunAttribute.Priority, [0x6E, 0, 1, 0xFF]);
        writer.Add(StunAttribute.IceControlling, [1, 2, 3, 4, 5, 6, 7, 8]);
        if (nominates) { writer.Add(StunAttribute.UseCandidate, []); }

        writer.AddIntegrity(Encoding.ASCII.GetBytes(password));
        writer.AddFingerprint();
        return check[..writer.Bytes];
    }

    /// <summary>Says a word: one packet whose payload the others can read.</summary>
    public void Say(string word) => SendRaw(WriteVoice(word));

    public byte[] WriteVoice(string word) => WriteVoice(Encoding.ASCII.GetBytes(word));

    public byte[] WriteVoice(ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[RtpHeaderWriter.BytesMax];
        var writer = new RtpHeaderWriter(
            header, false, new PayloadType(ClientOffer.OpusType), new SequenceNumber(_sequence++), new RtpTimestamp(_timestamp), new Ssrc(Ssrc));
        _timestamp += VoiceSamples;
        writer.TryAdd(ClientOffer.LevelExtension, [0x80 | 20]);
        var length = writer.Finish();
        var packet = new byte[1500];
        return _out!.TryProtect(header[..length], payload, packet, out var bytes, out _)
            ? packet[..bytes]
            : throw new InvalidOperationException("The client's own packet could not be sealed.");
    }

    /// <summary>Listens until a word is heard; what is heard on the way is in <see cref="Heard"/>.</summary>
    public void ListenFor(string word) => Converse(
        $"the word {word}",
        () => { },
        datagram =>
        {
            Hear(datagram);
            return Heard.Exists(heard => heard.Payload == word);
        });

    /// <summary>Listens until the node says goodbye.</summary>
    public void ListenForGoodbye() => Converse(
        "a close_notify",
        () => { },
        datagram =>
        {
            Hear(datagram);
            return IsClosedByNode;
        });

    public void Close() => Send(_dtls.Close());

    /// <summary>What has come and was not taken yet.</summary>
    public List<byte[]> TakePending()
    {
        var taken = new List<byte[]>();
        while (_socket.Available > 0) { taken.Add(_buffer[.._socket.Receive(_buffer)]); }

        return taken;
    }

    public void SendRaw(byte[] datagram) => _socket.SendTo(datagram, _node);

    public void Dispose()
    {
        _socket.Dispose();
        _dtls.Dispose();
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = ResendMilliseconds };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private void Hear(byte[] datagram)
    {
        switch (DatagramKinds.Of(datagram))
        {
            case DatagramKind.Dtls:
                Send(_dtls.Receive(datagram));
                break;
            case DatagramKind.Rtp when _in!.TryUnprotect(datagram, MonotonicTime.Zero, out var length, out _):
                var plain = datagram.AsSpan(0, length);
                RtpHeader.TryRead(plain, out var header);
                header.TryReadPayload(plain, out var payload);
                Heard.Add(new HeardPacket(
                    BinaryPrimitives.ReadUInt32BigEndian(plain[8..]),
                    header.Sequence.Value,
                    header.Timestamp.Value,
                    Encoding.ASCII.GetString(payload)));
                break;
            default:
                break;
        }
    }

    // Sends, and again when nothing came for a while, until a datagram is what was waited for.
    private void Converse(
        string awaited, Action send, Func<byte[], bool> isIt, int patienceMilliseconds = PatienceMilliseconds)
    {
        for (var waited = 0; waited < patienceMilliseconds; waited += ResendMilliseconds)
        {
            send();
            try
            {
                while (true)
                {
                    var bytes = _socket.Receive(_buffer);
                    if (isIt(_buffer[..bytes])) { return; }
                }
            }
            catch (SocketException quiet) when (quiet.SocketErrorCode == SocketError.TimedOut)
            {
                // Once more.
            }
        }

        throw new TimeoutException(
            $"{awaited} did not come within {patienceMilliseconds} ms; heard so far: {string.Join(", ", Heard.Select(one => one.Payload))}.");
    }

    private void Send(List<byte[]> datagrams)
    {
        foreach (var datagram in datagrams) { SendRaw(datagram); }
    }
}
