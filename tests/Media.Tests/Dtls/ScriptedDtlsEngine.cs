using Calls.Media.Datagrams;
using Calls.Media.Dtls;

namespace Calls.Media.Tests.Dtls;

/// <summary>An engine that does what the test says; its keying material is 0, 1, 2 …</summary>
internal sealed class ScriptedDtlsEngine : IDtlsEngine
{
    public byte[] Certificate { get; init; } = [];

    public DtlsEngineState State { get; set; }

    public DtlsEngineFailure Failure { get; set; }

    public MonotonicTime NextDeadline { get; set; } = MonotonicTime.Never;

    public DtlsSrtpProfile SelectedSrtpProfile { get; set; } = DtlsSrtpProfile.AeadAes128Gcm;

    public ReadOnlySpan<byte> PeerCertificate => Certificate;

    public Queue<byte[]> Outgoing { get; } = new();

    public List<int> Exports { get; } = [];

    public int Ticks { get; private set; }

    public int Received { get; private set; }

    public bool Disposed { get; private set; }

    public DtlsEngineState StateAfterReceive { get; set; }

    public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now)
    {
        Received++;
        State = StateAfterReceive;
    }

    public void Tick(MonotonicTime now) => Ticks++;

    public bool TryTakeDatagram(Span<byte> into, out int bytes)
    {
        bytes = 0;
        if (!Outgoing.TryDequeue(out var datagram)) { return false; }

        datagram.CopyTo(into);
        bytes = datagram.Length;
        return true;
    }

    public bool TryExportKeyingMaterial(Span<byte> into)
    {
        Exports.Add(into.Length);
        for (var i = 0; i < into.Length; i++) { into[i] = (byte)i; }
        return true;
    }

    public void Close()
    {
        State = DtlsEngineState.Closed;
        Outgoing.Enqueue([21]);
    }

    public void Dispose() => Disposed = true;
}
