using Calls.Contracts.Hosts;

namespace Calls.Grains.Hosts;

/// <summary>Authorises host controls and passes them to the call, which applies them if the chair has not moved on the way.</summary>
[GrainType("host")]
internal sealed partial class HostGrain(ILogger<HostGrain> log) : Grain, IHostGrain
{
    private CallId Id => CallId.From(this.GetPrimaryKeyString());

    private ICallGrain Call => GrainFactory.GetGrain<ICallGrain>(Id.Value);

    public Task<Answer> Make(HostAuthor author, UserId to) =>
        Control("make", author, (call, authority) => call.TransferHost(to, authority));

    public Task<Answer> End(HostAuthor author) => Control("end", author, (call, authority) => call.End(
        authority.AsAdmin ? CallEndReason.EndedByAdmin : CallEndReason.EndedByHost, authority));

    private async Task<Answer> Control(string name, HostAuthor author, Func<ICallGrain, HostAuthority, Task<Answer>> control)
    {
        using var span = GrainTelemetry.Start("host." + name);
        var authority = HostTransitions.Authorise(await Call.Look(), author);
        var answer = authority.IsAccepted ? await control(Call, authority.Value!) : authority.Plain;
        Controlled(log, name, author.User, Id, answer.Refusal);
        return GrainTelemetry.Answered("host." + name, answer);
    }
}
