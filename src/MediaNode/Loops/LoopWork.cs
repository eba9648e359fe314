using System.Collections.Immutable;
using Calls.Contracts.Ids;
using Calls.Media.Datagrams;
using Calls.Media.Rooms;

namespace Calls.MediaNode.Loops;

/// <summary>What came of a command for a room.</summary>
/// <param name="Reply">The room's answer; null if there is no such room, or it must not be opened.</param>
/// <param name="IsFull">The node has as many sessions as it may have.</param>
internal readonly record struct RoomAnswer(RoomReply? Reply, bool IsFull = false);

/// <summary>A command for a room; answered when it holds.</summary>
/// <param name="all">Told when the command no longer needs the call to stay where it is.</param>
/// <param name="opens">Whether the command may open the room.</param>
internal sealed class RoomWork(LoopSet all, CallId call, RoomCommand command, bool opens) : ILoopWork
{
    // Continuations must not run on the loop's thread.
    private readonly TaskCompletionSource<RoomAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RoomAnswer> Answer => _answer.Task;

    public int Weight => command is RoomCommand.Answer ? 8 : 1;

    public void Run(LoopRooms rooms, MonotonicTime now)
    {
        try
        {
            _answer.TrySetResult(rooms.Execute(call, command, opens, now));
        }
        catch (Exception fault)
        {
            // The command is bad luck for its sender, not for the loop.
            rooms.Counters.Faults++;
            _answer.TrySetException(fault);
        }
        finally
        {
            all.Release(call);
        }
    }

    public void Abandon()
    {
        _answer.TrySetCanceled();
        all.Release(call);
    }
}

/// <summary>Lists the calls of a loop.</summary>
internal sealed class CallsWork : ILoopWork
{
    private readonly TaskCompletionSource<ImmutableArray<CallId>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ImmutableArray<CallId>> Answer => _answer.Task;

    public void Run(LoopRooms rooms, MonotonicTime now) => _answer.TrySetResult(rooms.Calls());

    public void Abandon() => _answer.TrySetResult([]);
}

/// <summary>Closes every session of a loop.</summary>
internal sealed class CloseAllWork(Calls.Media.Peers.DisconnectReason reason) : ILoopWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public void Run(LoopRooms rooms, MonotonicTime now)
    {
        try
        {
            rooms.CloseAll(reason, now);
        }
        finally
        {
            _done.TrySetResult();   // whoever stops the node waits for it
        }
    }

    public void Abandon() => _done.TrySetResult();
}

/// <summary>The owner of a session tells the loop that gets its datagrams where they belong, or no longer do.</summary>
internal sealed class RouteWork(TransportAddress address, int owner, bool isProven) : ILoopWork
{
    public void Run(LoopRooms rooms, MonotonicTime now)
    {
        if (isProven) { rooms.Table.Route(address, owner); } else { rooms.Table.Unroute(address, owner); }
    }

    public void Abandon()
    {
        // Nobody waits for it.
    }
}
