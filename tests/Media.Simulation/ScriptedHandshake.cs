using System.Security.Cryptography;
using Calls.Media.Datagrams;
using Calls.Media.Dtls;
using Calls.Media.Srtp;

namespace Calls.Media.Simulation;

/// <summary>
/// A handshake of two datagrams in place of DTLS: the client says hello and shows its certificate, the server answers. The keys
/// follow from the certificate, so both sides know them. Everything around it is real.
/// </summary>
public static class ScriptedHandshake
{
    private const byte HandshakeRecord = 22;
    private const byte AlertRecord = 21;

    /// <summary>What the client sends: its certificate, in the place of one.</summary>
    public static byte[] Hello(ReadOnlySpan<byte> certificate) => [HandshakeRecord, .. certificate];

    /// <summary>What ends an association.</summary>
    public static byte[] Goodbye() => [AlertRecord, 0];

    /// <summary>Is it the server's answer to a hello?</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> datagram) => datagram.Length == 2 && datagram[0] == HandshakeRecord;

    /// <summary>Is it a goodbye?</summary>
    public static bool IsGoodbye(ReadOnlySpan<byte> datagram) => datagram is [AlertRecord, ..];

    /// <summary>The keying material both sides come to.</summary>
    public static void Export(ReadOnlySpan<byte> certificate, Span<byte> into)
    {
        Span<byte> material = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(certificate, material);
        material[..into.Length].CopyTo(into);
    }

    /// <summary>Makes the server's side.</summary>
    public sealed class Factory(SrtpProfile profile) : IDtlsEngineFactory
    {
        /// <inheritdoc/>
        public CertificateFingerprint LocalFingerprint { get; } = CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, "node"u8);

        /// <inheritdoc/>
        public IDtlsEngine CreateServer() => new Server((DtlsSrtpProfile)profile.Id);
    }

    private sealed class Server(DtlsSrtpProfile profile) : IDtlsEngine
    {
        private readonly Queue<byte[]> _outgoing = new();
        private byte[] _certificate = [];

        public DtlsEngineState State { get; private set; }

        public DtlsEngineFailure Failure => DtlsEngineFailure.None;

        public MonotonicTime NextDeadline => MonotonicTime.Never;

        public DtlsSrtpProfile SelectedSrtpProfile => profile;

        public ReadOnlySpan<byte> PeerCertificate => _certificate;

        public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now)
        {
            if (IsGoodbye(datagram))
            {
                State = DtlsEngineState.ClosedByPeer;
                return;
            }

            if (State == DtlsEngineState.Handshaking)
            {
                _certificate = datagram[1..].ToArray();
                State = DtlsEngineState.Connected;
            }

            _outgoing.Enqueue([HandshakeRecord, 2]);   // again, if the client did not hear it the first time
        }

        public void Tick(MonotonicTime now)
        {
        }

        public bool TryTakeDatagram(Span<byte> into, out int bytes)
        {
            bytes = 0;
            if (!_outgoing.TryDequeue(out var datagram)) { return false; }

            datagram.CopyTo(into);
            bytes = datagram.Length;
            return true;
        }

        public bool TryExportKeyingMaterial(Span<byte> into)
        {
            Export(_certificate, into);
            return true;
        }

        public void Close()
        {
            State = DtlsEngineState.Closed;
            _outgoing.Enqueue(Goodbye());
        }

        public void Dispose()
        {
        }
    }
}
