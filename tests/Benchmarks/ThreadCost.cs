using System.Runtime.InteropServices;
using Calls.Media.Datagrams;
using Calls.MediaNode.Loops;

namespace Calls.Benchmarks;

/// <summary>What a thread has used so far: its own account with the kernel and the collector, not the wall clock.</summary>
internal readonly partial record struct ThreadCost(TimeSpan User, TimeSpan System, long AllocatedBytes)
{
    private const int Thread = 1;   // RUSAGE_THREAD

    public TimeSpan Processor => User + System;

    public static unsafe ThreadCost OfThisThread()
    {
        Usage usage;
        if (GetUsage(Thread, &usage) != 0) { throw new InvalidOperationException("getrusage failed."); }

        return new ThreadCost(usage.User, usage.System, GC.GetAllocatedBytesForCurrentThread());
    }

    public static ThreadCost operator -(ThreadCost later, ThreadCost earlier) =>
        new(later.User - earlier.User, later.System - earlier.System, later.AllocatedBytes - earlier.AllocatedBytes);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, Usage* usage);

    /// <summary><c>struct rusage</c>: two times and 14 counts.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        private long _userSeconds;
        private long _userMicroseconds;
        private long _systemSeconds;
        private long _systemMicroseconds;

        public readonly TimeSpan User => TimeSpan.FromSeconds(_userSeconds) + TimeSpan.FromMicroseconds(_userMicroseconds);

        public readonly TimeSpan System => TimeSpan.FromSeconds(_systemSeconds) + TimeSpan.FromMicroseconds(_systemMicroseconds);
    }
}

/// <summary>Reads a media thread's account, on that thread.</summary>
internal sealed class CostProbe : ILoopWork
{
    private readonly TaskCompletionSource<ThreadCost> _cost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Task<ThreadCost> Read(LoopSet loops)
    {
        var probe = new CostProbe();
        return loops.Post(0, probe) ? probe._cost.Task : throw new InvalidOperationException("The media thread takes no work.");
    }

    public void Run(LoopRooms rooms, MonotonicTime now) => _cost.TrySetResult(ThreadCost.OfThisThread());

    public void Abandon() => _cost.TrySetCanceled();
}
