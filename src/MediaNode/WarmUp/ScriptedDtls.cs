using Calls.Media.Datagrams;
using Calls.Media.Dtls;

namespace Calls.MediaNode.WarmUp;

/// <summary>
/// Associations that are connected by their first datagram, with keys that everybody knows. For the synthetic call of the
/// warm-up alone: it runs on sockets of its own, and none of its sessions can be reached from outside.
/// </summary>
internal sealed class ScriptedDtls : IDtlsEngineFactory
{
    public const int KeyingBytes = 56;

    private static readonly byte[] s_certificate = [1, 2, 3];

    public CertificateFingerprint LocalFingerprint { get; } = CertificateFingerprint.Of(FingerprintAlgorithm.Sha256, s_certificate);

    public IDtlsEngine CreateServer() => new Engine();

    /// <summary>What every association exports.</summary>
    public static void FillKeys(Span<byte> into)
    {
        for (var i = 0; i < into.Length; i++) { into[i] = (byte)i; }
    }

    private sealed class Engine : IDtlsEngine
    {
        public DtlsEngineState State { get; private set; }

        public DtlsEngineFailure Failure => DtlsEngineFailure.None;

        public MonotonicTime NextDeadline => MonotonicTime.Never;

        public DtlsSrtpProfile SelectedSrtpProfile => DtlsSrtpProfile.AeadAes128Gcm;

        public ReadOnlySpan<byte> PeerCertificate => s_certificate;

        public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now) => State = DtlsEngineState.Connected;

        public void Tick(MonotonicTime now)
        {
            // It never waits for anything.
        }

        public bool TryTakeDatagram(Span<byte> into, out int bytes)
        {
            bytes = 0;
            return false;
        }

        public bool TryExportKeyingMaterial(Span<byte> into)
        {
            FillKeys(into);
            return true;
        }

        public void Close() => State = DtlsEngineState.Closed;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
