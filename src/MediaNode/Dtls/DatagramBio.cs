using System.Runtime.InteropServices;
using Calls.Media.Dtls;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Dtls;

/// <summary>
/// What OpenSSL reads datagrams from and writes them to. One read is one datagram that came, one write is one datagram to
/// send; a memory BIO would run the writes together and lose the boundaries (row DTLS5). Used by one thread.
/// </summary>
internal sealed unsafe class DatagramBio : IDisposable
{
    // A flight of ours is one datagram, or four when resent record by record. What is beyond comes again by retransmission.
    private const int OutgoingMax = 16;

    private static readonly nint s_method = CreateMethod();

    private readonly Queue<byte[]> _outgoing = new();
    private GCHandle _self;
    private byte* _incoming;
    private int _incomingBytes;

    public DatagramBio()
    {
        Pointer = OpenSslCalls.BioNew(s_method);
        if (Pointer == 0) { throw new InvalidOperationException("OpenSSL refused to make a BIO: out of memory."); }

        _self = GCHandle.Alloc(this);
        OpenSslCalls.BioSetData(Pointer, GCHandle.ToIntPtr(_self));
        OpenSslCalls.BioSetInit(Pointer, 1);
    }

    /// <summary>The <c>BIO</c>; the association it is given to frees it.</summary>
    public nint Pointer { get; }

    /// <summary>Offers the bytes to the next read. They must stay in place until <see cref="Withdraw"/>.</summary>
    public void Offer(byte* datagram, int bytes)
    {
        _incoming = datagram;
        _incomingBytes = bytes;
    }

    public void Withdraw() => _incoming = null;

    public bool TryTake(Span<byte> into, out int bytes)
    {
        bytes = 0;
        if (!_outgoing.TryDequeue(out var datagram)) { return false; }

        datagram.CopyTo(into);
        bytes = datagram.Length;
        return true;
    }

    /// <summary>Lets go of this object. The association must have been freed before.</summary>
    public void Dispose()
    {
        if (_self.IsAllocated) { _self.Free(); }
    }

    private static nint CreateMethod()
    {
        fixed (byte* name = "datagram\0"u8)
        {
            var method = OpenSslCalls.BioMethodNew(OpenSslCalls.BioGetNewIndex() | OpenSslCalls.BioTypeSourceSink, name);
            _ = OpenSslCalls.BioMethodSetWrite(method, &Write);
            _ = OpenSslCalls.BioMethodSetRead(method, &Read);
            _ = OpenSslCalls.BioMethodSetControl(method, &Control);
            return method;
        }
    }

    private static DatagramBio Of(nint bio) => (DatagramBio)GCHandle.FromIntPtr(OpenSslCalls.BioGetData(bio)).Target!;

    // The callbacks run inside OpenSSL: an exception that left one would end the process, so none of them can throw.
    [UnmanagedCallersOnly]
    private static int Write(nint bio, byte* data, int bytes)
    {
        var self = Of(bio);
        OpenSslCalls.BioClearFlags(bio, OpenSslCalls.BioFlagsRetryMask);
        if (bytes is > 0 and <= DtlsTransport.DatagramBytesMax && self._outgoing.Count < OutgoingMax)
        {
            self._outgoing.Enqueue(new ReadOnlySpan<byte>(data, bytes).ToArray());
        }

        return bytes;
    }

    [UnmanagedCallersOnly]
    private static int Read(nint bio, byte* into, int bytesMax)
    {
        var self = Of(bio);
        OpenSslCalls.BioClearFlags(bio, OpenSslCalls.BioFlagsRetryMask);
        if (self._incoming == null)
        {
            OpenSslCalls.BioSetFlags(bio, OpenSslCalls.BioFlagsShouldRetryRead);
            return -1;
        }

        // Cut off what does not fit, as a socket would: OpenSSL's buffer is larger than any datagram that gets here.
        var bytes = Math.Min(self._incomingBytes, bytesMax);
        new ReadOnlySpan<byte>(self._incoming, bytes).CopyTo(new Span<byte>(into, bytes));
        self._incoming = null;
        return bytes;
    }

    [UnmanagedCallersOnly]
    private static nint Control(nint bio, int command, nint number, void* pointer) => command switch
    {
        OpenSslCalls.BioControlFlush => 1,
        OpenSslCalls.BioControlQueryMtu or OpenSslCalls.BioControlFallbackMtu => DtlsTransport.DatagramBytesMax,
        _ => 0,
    };
}
