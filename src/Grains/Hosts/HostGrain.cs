using Calls.Contracts.Hosts;

namespace Calls.Grains.Hosts;

/// <summary>Authorises host controls and passes them to the call, which applies them if the chair has not moved on the way.</summary>
[GrainType("host")]
internal sealed partial class HostGrain(ILogger<HostGrain> log) : Grain, IHostGrain
{
    private CallId Id => CallId.From(this.GetPrimaryKeyString());

    private ICallGrain Call => GrainFactory.GetGrain<ICallGrain>(Id.Value);

    public async Task<Answer> Use(HostAuthor author, HostControl control)
    {
        using var span = GrainTelemetry.Start("host." + control.Name);
        var answer = HostTransitions.Refuse(await Call.Host(), author) is { } refusal
            ? Answer.Refuse(refusal)
            : await Call.Control(author, control);
        Controlled(log, control.Name, author.User, Id, answer.Refusal);
        return GrainTelemetry.Answered("host." + control.Name, answer);
    }
}
