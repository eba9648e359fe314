namespace Calls.Grains.MediaNodes;

/// <summary>Whether a node answers what it is asked: its heartbeats say only that it can speak.</summary>
internal sealed class NodeHearing
{
    /// <summary>So many commands in a row without an answer are no accident: until it answers again a call is told so at once.</summary>
    public const int UnansweredMax = 3;

    private DateTimeOffset _unansweredSince;
    private int _unanswered;

    /// <summary>Whether the last command was not answered; the node is to be asked how it is.</summary>
    public bool IsInDoubt => _unanswered > 0;

    /// <summary>Since when it has not answered; null while it does.</summary>
    public DateTimeOffset? DeafSince => _unanswered >= UnansweredMax ? _unansweredSince : null;

    /// <summary>A command was answered, or not in time.</summary>
    public void Take(bool isAnswered, DateTimeOffset now)
    {
        if (_unanswered == 0) { _unansweredSince = now; }

        _unanswered = isAnswered ? 0 : _unanswered + 1;
    }
}
