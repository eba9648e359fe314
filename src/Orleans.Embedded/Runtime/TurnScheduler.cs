namespace Orleans.Embedded;

/// <summary>Runs the turns of one activation, one after another, on the thread pool.</summary>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After so many turns in a row another activation gets the thread: no hot grain starves the rest.</summary>
    private const int TurnsInARow = 32;

    private readonly Lock _lock = new();
    private readonly Queue<Task> _turns = new();
    private bool _running;

    public Activation Activation => activation;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>The scheduler of the turn that is running here; null outside of turns.</summary>
    public static TurnScheduler? Here => Current as TurnScheduler;

    /// <summary>Starts work as a turn. Nothing of the starter's ambient context goes with it.</summary>
    public void Start(Func<object?, Task> work, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            StartBare(work, state);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            StartBare(work, state);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var turns = 0; turns < TurnsInARow; turns++)
        {
            Task? next;
            lock (_lock)
            {
                if (!_turns.TryDequeue(out next))
                {
                    _running = false;
                    return;
                }
            }

            TryExecuteTask(next);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_lock)
        {
            _turns.Enqueue(task);
            if (_running) { return; }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    // Inside a turn of this very activation it is still one turn at a time.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_lock) { return [.. _turns]; }
    }

    private void StartBare(Func<object?, Task> work, object? state) =>
        Task.Factory.StartNew(work, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);
}
