using System.Runtime.InteropServices;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Sockets;

/// <summary>
/// Sends a batch by <c>sendmmsg</c>. Neighbouring datagrams to one receiver that have the same length (the last may be
/// shorter) become one message that the kernel cuts up (<c>UDP_SEGMENT</c>). One bad destination never costs the batch.
/// </summary>
/// <param name="segmentsRefused">Told once, when the system will not cut runs up.</param>
internal sealed unsafe class LinuxBatchSender(Action segmentsRefused) : IDisposable
{
    private const int ControlBytes = 24;   // CMSG_SPACE(sizeof(uint16_t))
    private const int ControlUsedBytes = 18;   // CMSG_LEN(sizeof(uint16_t))
    private const int SegmentsMax = 64;   // UDP_MAX_SEGMENTS of every kernel that has the option
    private const int RunBytesMax = 65_000;   // below the 65,507 of one IP packet

    private readonly MultiMessage* _messages = Allocate<MultiMessage>(SendBatch.Capacity);
    private readonly IoVector* _vectors = Allocate<IoVector>(SendBatch.Capacity);
    private readonly SocketAddressBytes* _names = Allocate<SocketAddressBytes>(SendBatch.Capacity);
    private readonly byte* _controls = Allocate<byte>(SendBatch.Capacity * ControlBytes);
    private bool _segments = true;

    /// <summary>Sends; true if the system had no room, and some datagrams are marked to be kept for one more try.</summary>
    public bool Send(int socket, Span<OutgoingDatagram> datagrams, SendBatch batch)
    {
        var count = Compose(datagrams);
        for (var at = 0; at < count;)
        {
            var sent = SocketCalls.SendMany(socket, _messages + at, (uint)(count - at), SocketCalls.MessageDontWait);
            if (sent > 0)
            {
                at += sent;
                batch.CountSent(sent);
                continue;
            }

            // Nothing was sent, so the error is the first message's own.
            var error = SocketCalls.Errno;
            if (error == SocketCalls.ErrorInterrupted) { continue; }

            if (error is SocketCalls.ErrorAgain or SocketCalls.ErrorNoBuffers)
            {
                return KeepFrom(datagrams[(int)(_messages[at].Header.Vectors - _vectors)..], batch.Errors);
            }

            if (!TrySingly(socket, at, error)) { Count(error, batch.Errors); }

            at++;
        }

        return false;
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
    }

    private int Compose(Span<OutgoingDatagram> datagrams)
    {
        var count = 0;
        for (var at = 0; at < datagrams.Length;)
        {
            var run = _segments ? RunLength(datagrams[at..]) : 1;
            ref var message = ref _messages[count];
            message.Header.Name = _names + count;
            message.Header.NameBytes = (uint)SocketAddressCodec.Write(datagrams[at].Remote, _names[count].Bytes);
            message.Header.Vectors = _vectors + at;
            message.Header.VectorCount = (nuint)run;
            message.Header.Control = null;
            message.Header.ControlBytes = 0;
            for (var i = at; i < at + run; i++)
            {
                _vectors[i].Base = datagrams[i].Data;
                _vectors[i].Bytes = (nuint)datagrams[i].Bytes;
            }

            if (run > 1) { AskSegments(ref message.Header, _controls + (count * ControlBytes), datagrams[at].Bytes); }

            at += run;
            count++;
        }

        return count;
    }

    private static int RunLength(Span<OutgoingDatagram> datagrams)
    {
        var first = datagrams[0].Bytes;
        var total = first;
        var run = 1;
        while (run < datagrams.Length && run < SegmentsMax)
        {
            ref var next = ref datagrams[run];
            total += next.Bytes;
            if (next.Bytes > first || total > RunBytesMax || next.Bytes == 0 || next.Remote != datagrams[0].Remote) { break; }

            run++;
            if (next.Bytes < first) { break; }   // a shorter one can only be the last
        }

        return run;
    }

    private static void AskSegments(ref MessageHeader header, byte* control, int segmentBytes)
    {
        *(nuint*)control = ControlUsedBytes;
        *(int*)(control + sizeof(nuint)) = SocketCalls.LevelUdp;
        *(int*)(control + sizeof(nuint) + sizeof(int)) = SocketCalls.UdpSegment;
        *(ushort*)(control + sizeof(nuint) + (2 * sizeof(int))) = (ushort)segmentBytes;
        header.Control = control;
        header.ControlBytes = ControlBytes;
    }

    // A run that the system will not cut up goes out piece by piece.
    private bool TrySingly(int socket, int at, int error)
    {
        ref var run = ref _messages[at].Header;
        if (run.VectorCount < 2) { return false; }

        if (_segments && error is SocketCalls.ErrorInputOutput or SocketCalls.ErrorNotSupported)
        {
            // A driver or an old kernel: it will not do it the next time either.
            _segments = false;
            segmentsRefused();
        }

        if (_segments && error is not (SocketCalls.ErrorInvalid or SocketCalls.ErrorMessageSize)) { return false; }

        MultiMessage single = default;
        single.Header.Name = run.Name;
        single.Header.NameBytes = run.NameBytes;
        single.Header.VectorCount = 1;
        var all = true;
        for (nuint i = 0; i < run.VectorCount; i++)
        {
            single.Header.Vectors = run.Vectors + i;
            all &= SocketCalls.SendMany(socket, &single, 1, SocketCalls.MessageDontWait) == 1;
        }

        return all;
    }

    private static bool KeepFrom(Span<OutgoingDatagram> datagrams, SendErrors errors)
    {
        var kept = false;
        foreach (ref var datagram in datagrams)
        {
            datagram.IsKept = !datagram.WasKept;
            kept |= datagram.IsKept;
            if (datagram.WasKept) { errors.CountFull(); }
        }

        return kept;
    }

    private static void Count(int error, SendErrors errors)
    {
        switch (error)
        {
            case SocketCalls.ErrorMessageSize: errors.CountTooBig(); break;
            case SocketCalls.ErrorNetworkUnreachable or SocketCalls.ErrorHostUnreachable or SocketCalls.ErrorConnectionRefused
                or SocketCalls.ErrorAccess or SocketCalls.ErrorNotPermitted: errors.CountUnreachable(); break;
            default: errors.CountOther(); break;
        }
    }

    private static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}
