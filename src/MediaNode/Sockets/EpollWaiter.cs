using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Sockets;

/// <summary>Waits for any of a loop's sockets, or to be woken by another thread.</summary>
internal sealed unsafe class EpollWaiter : IDisposable
{
    private const ulong WakeMark = ulong.MaxValue;
    private const int EventsMax = 64;

    // struct epoll_event is packed on x64 and nowhere else.
    private static readonly int s_eventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int s_dataOffset = s_eventBytes - sizeof(ulong);

    private readonly int _epoll = SocketCalls.EpollCreate(0x80000);
    private readonly int _wake = SocketCalls.EventDescriptor(0, SocketCalls.EventNonBlockingCloseOnExec);
    private int _wakeAsked;

    public EpollWaiter()
    {
        if (_epoll < 0 || _wake < 0) { throw SocketCalls.Failure(); }

        Add(_wake, WakeMark);
    }

    public void Add(int descriptor, ulong mark)
    {
        Span<byte> wanted = stackalloc byte[s_eventBytes];
        wanted.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(wanted, SocketCalls.EpollIn);
        BinaryPrimitives.WriteUInt64LittleEndian(wanted[s_dataOffset..], mark);
        fixed (byte* pointer = wanted)
        {
            if (SocketCalls.EpollControl(_epoll, SocketCalls.EpollAdd, descriptor, pointer) < 0)
            {
                throw SocketCalls.Failure();
            }
        }
    }

    /// <summary>Waits; returns a bit for each mark that can be read.</summary>
    public ulong Wait(int timeoutMilliseconds)
    {
        var events = stackalloc byte[EventsMax * s_eventBytes];
        var count = SocketCalls.EpollWait(_epoll, events, EventsMax, timeoutMilliseconds);
        var ready = 0UL;
        for (var i = 0; i < count; i++)
        {
            var mark = *(ulong*)(events + (i * s_eventBytes) + s_dataOffset);
            if (mark == WakeMark) { TakeWake(); } else { ready |= 1UL << (int)mark; }
        }

        return ready;
    }

    public void Wake()
    {
        // One wake-up outstanding is enough, and saves a system call per command.
        if (Interlocked.Exchange(ref _wakeAsked, 1) != 0) { return; }

        ulong one = 1;
        _ = SocketCalls.Write(_wake, &one, sizeof(ulong));
    }

    public void Dispose()
    {
        _ = SocketCalls.Close(_epoll);
        _ = SocketCalls.Close(_wake);
    }

    private void TakeWake()
    {
        ulong count;
        _ = SocketCalls.Read(_wake, &count, sizeof(ulong));

        // From here on a new wake-up is written again; what was asked before is seen by the turn that follows.
        Interlocked.Exchange(ref _wakeAsked, 0);
    }
}
