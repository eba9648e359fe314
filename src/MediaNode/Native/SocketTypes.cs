using System.Runtime.InteropServices;

namespace Calls.MediaNode.Native;

/// <summary><c>struct iovec</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Bytes;
}

/// <summary><c>struct msghdr</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public SocketAddressBytes* Name;
    public uint NameBytes;
    public IoVector* Vectors;
    public nuint VectorCount;
    public byte* Control;
    public nuint ControlBytes;
    public int Flags;
}

/// <summary><c>struct mmsghdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MultiMessage
{
    public MessageHeader Header;

    /// <summary>Bytes received or sent; set by the kernel.</summary>
    public uint Bytes;
}

/// <summary>Room for a <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = MaxBytes)]
internal unsafe struct SocketAddressBytes
{
    public const int MaxBytes = 28;

    public fixed byte Bytes[MaxBytes];
}

/// <summary><c>struct timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpecification
{
    public long Seconds;
    public long Nanoseconds;
}
