using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Calls.MediaNode.Native;

/// <summary>
/// The Linux calls that <see cref="System.Net.Sockets.Socket"/> has no equivalent for: whole batches of datagrams per call.
/// Each returns what the C function returns; errno is read by <see cref="Errno"/> directly after.
/// </summary>
internal static unsafe partial class SocketCalls
{
    public const int AddressFamilyIPv4 = 2;
    public const int AddressFamilyIPv6 = 10;
    public const int DatagramNonBlockingCloseOnExec = 2 | 0x800 | 0x80000;
    public const int LevelSocket = 1;
    public const int LevelIPv4 = 0;
    public const int LevelIPv6 = 41;
    public const int LevelUdp = 17;
    public const int ReusePort = 15;
    public const int SendBufferBytes = 7;
    public const int ReceiveBufferBytes = 8;
    public const int SendBufferBytesForced = 32;
    public const int ReceiveBufferBytesForced = 33;
    public const int UdpSegment = 103;
    public const int IPv4MtuDiscover = 10;
    public const int IPv6MtuDiscover = 23;
    public const int MtuDiscoverDo = 2;
    public const int IPv6Only = 26;
    public const int MessageDontWait = 0x40;
    public const int EpollIn = 1;
    public const int EpollAdd = 1;
    public const int EventNonBlockingCloseOnExec = 0x800 | 0x80000;
    public const int ThreadCpuClock = 3;

    public const int ErrorNotPermitted = 1;
    public const int ErrorInterrupted = 4;
    public const int ErrorInputOutput = 5;
    public const int ErrorAgain = 11;
    public const int ErrorAccess = 13;
    public const int ErrorInvalid = 22;
    public const int ErrorMessageSize = 90;
    public const int ErrorNotSupported = 95;
    public const int ErrorFamilyNotSupported = 97;
    public const int ErrorAddressInUse = 98;
    public const int ErrorAddressNotAvailable = 99;
    public const int ErrorNetworkUnreachable = 101;
    public const int ErrorNoBuffers = 105;
    public const int ErrorConnectionRefused = 111;
    public const int ErrorHostUnreachable = 113;

    private const string LibC = "libc";

    /// <summary>The error of the call just made on this thread.</summary>
    public static int Errno => Marshal.GetLastSystemError();

    /// <summary>The error of the call just made, as .NET names it.</summary>
    public static SocketException Failure() => new((int)(Errno switch
    {
        ErrorAddressInUse => SocketError.AddressAlreadyInUse,
        ErrorAddressNotAvailable => SocketError.AddressNotAvailable,
        ErrorAccess or ErrorNotPermitted => SocketError.AccessDenied,
        ErrorFamilyNotSupported => SocketError.AddressFamilyNotSupported,
        _ => SocketError.SocketError,
    }));

    /// <summary>CPU time that the calling thread has used.</summary>
    public static TimeSpan ThreadCpuTime()
    {
        TimeSpecification time;
        return ClockGetTime(ThreadCpuClock, &time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : TimeSpan.Zero;
    }

    [LibraryImport(LibC, EntryPoint = "socket")]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(LibC, EntryPoint = "bind")]
    public static partial int Bind(int socket, SocketAddressBytes* address, uint addressBytes);

    [LibraryImport(LibC, EntryPoint = "getsockname")]
    public static partial int GetSocketName(int socket, SocketAddressBytes* address, uint* addressBytes);

    [LibraryImport(LibC, EntryPoint = "setsockopt")]
    public static partial int SetSocketOption(int socket, int level, int name, int* value, uint valueBytes);

    [LibraryImport(LibC, EntryPoint = "getsockopt")]
    public static partial int GetSocketOption(int socket, int level, int name, int* value, uint* valueBytes);

    [LibraryImport(LibC, EntryPoint = "recvmmsg")]
    public static partial int ReceiveMany(int socket, MultiMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport(LibC, EntryPoint = "sendmmsg")]
    public static partial int SendMany(int socket, MultiMessage* messages, uint count, int flags);

    [LibraryImport(LibC, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(LibC, EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, void* wanted);

    [LibraryImport(LibC, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, void* events, int eventsMax, int timeoutMilliseconds);

    [LibraryImport(LibC, EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(LibC, EntryPoint = "read")]
    public static partial nint Read(int descriptor, void* into, nuint bytes);

    [LibraryImport(LibC, EntryPoint = "write")]
    public static partial nint Write(int descriptor, void* from, nuint bytes);

    [LibraryImport(LibC, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(LibC, EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, TimeSpecification* time);
}
