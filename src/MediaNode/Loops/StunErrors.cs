using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Stun;
using Calls.MediaNode.Sockets;

namespace Calls.MediaNode.Loops;

/// <summary>Answers checks that belong to nobody here (row ICE3), so that a failure can be diagnosed.</summary>
internal sealed class StunErrors(RefusalBudget budget)
{
    public void Refuse(ReadOnlySpan<byte> check, in Route back, MonotonicTime now, SendBatch output)
    {
        // Who floods us is not worth reading.
        if (budget.IsUsedUp(back.Remote, now)) { return; }

        var step = IceLiteAgent.RefuseStranger(check, output.Lend(IceLimits.AnswerBytesMax));
        if (step.AnswerBytes > 0 && budget.TryTake(back.Remote, now)) { output.Send(back, step.AnswerBytes); }
    }
}
