using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Calls.Support;

namespace Calls.MediaClient;

/// <summary>A word that reached a peer, and on which line of its offer.</summary>
public readonly record struct HeardWord(int Line, string Word);

/// <summary>
/// One peer connection over real UDP: checks and nominates as a browser does, shakes hands with OpenSSL, seals and opens SRTP. Like a
/// browser it goes on checking by itself; unlike one it sends whatever its test says, muted or not.
/// </summary>
public sealed class MediaPeer : IAsyncDisposable
{
    private const uint VoiceSamples = 960; // 20 ms at 48 kHz

    private static readonly TimeSpan s_packetTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_checkAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_consent = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly ClientCertificate _certificate = ClientCertificate.Create();
    private readonly DtlsAssociation _dtls;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IReadOnlyList<string> _lines;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<IPEndPoint>> _checks = new();
    private readonly TaskCompletionSource _shaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<HeardWord> _heard = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly uint _ssrc = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
    private readonly Task _listening;
    private Task _consenting = Task.CompletedTask;
    private string _fragment = Letters(4);
    private string _password = Letters(12);
    private VoiceAnswer? _answer;
    private IPEndPoint? _service;
    private SrtpStream? _out;
    private SrtpStream? _in;
    private ushort _sequence = 65_500; // rolls over soon, as it may
    private uint _timestamp;

    /// <param name="lines">As in <see cref="VoiceOffer"/>; a microphone and three voice slots when left out.</param>
    public MediaPeer(IReadOnlyList<string>? lines = null)
    {
        _lines = lines ?? VoiceOffer.Voice;
        _dtls = new DtlsAssociation(_certificate);
        _socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        _listening = Task.Run(Listen);
    }

    public IReadOnlyList<HeardWord> Heard
    {
        get { lock (_lock) { return [.. _heard]; } }
    }

    /// <summary>Whether the service has said goodbye on the DTLS association.</summary>
    public bool IsClosedByService
    {
        get { lock (_lock) { return _dtls.IsClosedByPeer; } }
    }

    public string Offer() => VoiceOffer.Write(_fragment, _password, _certificate.Fingerprint, _lines);

    /// <summary>New credentials for an ICE restart; keys and lines stay.</summary>
    public string OfferRestart()
    {
        (_fragment, _password) = (Letters(4), Letters(12));
        return Offer();
    }

    /// <summary>Takes the answer of an offer, checks, and shakes hands if that has not been done.</summary>
    public async Task Connect(string answer, TimeSpan? within = null)
    {
        _answer = VoiceAnswer.Read(answer);
        _service = await Check(within);
        if (_out is null) { await Handshake(within); }

        if (_consenting.IsCompleted) { _consenting = Task.Run(Consent); }
    }

    /// <summary>Sends a check until it is answered. What was sent before has then been taken, or thrown away.</summary>
    public async Task<IPEndPoint> Check(TimeSpan? within = null)
    {
        var answered = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        var transaction = RandomNumberGenerator.GetBytes(StunCheck.TransactionBytes);
        _checks[StunCheck.Name(transaction)] = answered;
        var check = WriteCheck(transaction);
        return await Repeatedly(
            "an answer to a check",
            () => { foreach (var candidate in _service is { } known ? [known] : _answer!.Candidates) { _socket.SendTo(check, candidate); } },
            answered.Task,
            within);
    }

    /// <summary>A check that is sent and not waited for.</summary>
    public void SendCheck() => SendRaw(WriteCheck(RandomNumberGenerator.GetBytes(StunCheck.TransactionBytes)));

    /// <summary>One packet of voice whose payload is a word.</summary>
    public void Say(string word)
    {
        lock (_lock)
        {
            var header = VoicePacket.Header(_sequence++, _timestamp, _ssrc);
            _timestamp += VoiceSamples;
            SendRaw(_out!.Seal(header, Encoding.UTF8.GetBytes(word)));
        }
    }

    /// <summary>Says a word, 20 ms apart, until a listener has heard it.</summary>
    public async Task SayUntilHeard(string word, MediaPeer listener, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(listener);
        await SayUntil(word, () => listener.Heard.Any(heard => heard.Word == word), within, () =>
            $"the word '{word}' to be heard; heard: {string.Join(", ", listener.Heard.Select(heard => heard.Word).Distinct())}");
    }

    /// <summary>Talks, 20 ms apart, until something is so.</summary>
    public async Task SayUntil(string word, Func<bool> enough, TimeSpan? within = null, Func<string>? expected = null)
    {
        ArgumentNullException.ThrowIfNull(enough);
        using var pace = new PeriodicTimer(s_packetTime);
        using var late = new CancellationTokenSource(within ?? Eventually.DefaultWait);
        while (!enough())
        {
            if (late.IsCancellationRequested) { throw new TimeoutException($"Expected {expected?.Invoke() ?? "talk to have its effect"}."); }

            Say(word);
            await pace.WaitForNextTickAsync();
        }
    }

    public void SendRaw(byte[] datagram) => _socket.SendTo(datagram, _service!);

    /// <summary>Says goodbye, as a page that is closed does.</summary>
    public void Close()
    {
        lock (_lock) { Send(_dtls.Close()); }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested) { return; }

        await _ending.CancelAsync();
        _socket.Dispose();
        await _listening;
        await _consenting;
        _dtls.Dispose();
        _out?.Dispose();
        _in?.Dispose();
    }

    private static string Letters(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private async Task Handshake(TimeSpan? within)
    {
        lock (_lock) { Send(_dtls.Step()); }

        await Repeatedly(
            "the DTLS handshake",
            () => { lock (_lock) { if (!_dtls.IsConnected) { Send(_dtls.Resend()); } } },
            _shaken.Task.ContinueWith(_ => true, TaskScheduler.Default),
            within);
        lock (_lock)
        {
            if (!_dtls.IsConnected) { throw new InvalidOperationException("The service ended the handshake."); }

            // The certificate must be the one of the answer, or somebody stands in between.
            if (!_answer!.Fingerprint.Equals(_dtls.PeerFingerprint(), StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"The service's certificate is {_dtls.PeerFingerprint()} instead of {_answer.Fingerprint}.");
            }
        }
    }

    private byte[] WriteCheck(byte[] transaction) => StunCheck.Write(transaction, $"{_answer!.Fragment}:{_fragment}", _answer.Password);

    private async Task Listen()
    {
        var buffer = new byte[2048];
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _ending.Token);
                lock (_lock) { Take(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint); }
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Closed, or nobody listens there at the moment: what is waited for says so by its deadline.
            }
        }
    }

    private void Take(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if (StunCheck.AnswerTo(datagram) is { } name && _checks.TryRemove(name, out var check)) { check.TrySetResult(from); }
        else if (datagram.Length > 0 && datagram[0] is >= 20 and <= 63) { TakeDtls(datagram); }
        else if (VoicePacket.Is(datagram) && _in?.Open(datagram) is { } payload)
        {
            _heard.Add(new HeardWord(_answer!.Lines.GetValueOrDefault(VoicePacket.Ssrc(datagram), -1), VoicePacket.Word(payload)));
        }
    }

    private void TakeDtls(ReadOnlySpan<byte> datagram)
    {
        Send(_dtls.Receive(datagram));
        if (_dtls.IsConnected && _out is null)
        {
            var exported = _dtls.ExportKeys(SrtpKeys.ExportedBytes);
            _out = new SrtpStream(SrtpKeys.Client(exported));
            _in = new SrtpStream(SrtpKeys.Server(exported));
        }

        if (_dtls.IsConnected || _dtls.Failed || _dtls.IsClosedByPeer) { _shaken.TrySetResult(); }
    }

    private async Task Consent()
    {
        using var pace = new PeriodicTimer(s_consent);
        try
        {
            while (await pace.WaitForNextTickAsync(_ending.Token)) { SendCheck(); }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The peer is being closed.
        }
    }

    private static async Task<T> Repeatedly<T>(string expected, Action act, Task<T> done, TimeSpan? within)
    {
        using var pace = new PeriodicTimer(s_checkAgain);
        using var enough = new CancellationTokenSource(within ?? Eventually.DefaultWait);
        do
        {
            act();
            await Task.WhenAny(done, pace.WaitForNextTickAsync().AsTask());
        }
        while (!done.IsCompleted && !enough.IsCancellationRequested);

        return done.IsCompleted ? await done : throw new TimeoutException($"{expected} did not come.");
    }

    private void Send(List<byte[]> datagrams)
    {
        foreach (var datagram in datagrams) { SendRaw(datagram); }
    }
}
