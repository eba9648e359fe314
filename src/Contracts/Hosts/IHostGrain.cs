using Calls.Contracts.Calls;

namespace Calls.Contracts.Hosts;

/// <summary>The rules of the chair of one call; every host control is authorised here. Key: the <see cref="CallId"/>.</summary>
[Alias("IHostGrain")]
public interface IHostGrain : IGrainWithStringKey
{
    /// <summary>Uses a control. The answer comes when the media node holds what was decided.</summary>
    /// <returns>
    /// Or <see cref="Refusal.Forbidden"/>, <see cref="Refusal.NoCall"/>, what the control itself may be refused for, and
    /// <see cref="Refusal.Unavailable"/>: it is decided, and repeated until the media node holds it.
    /// </returns>
    [Alias("Use")]
    Task<Answer> Use(HostAuthor author, HostControl control);
}

/// <summary>Who uses a host control.</summary>
/// <param name="IsAdmin">A system administrator, who need not be in the call. Vouched for by the gateway.</param>
[GenerateSerializer, Immutable, Alias("HostAuthor")]
public sealed record HostAuthor(UserId User, bool IsAdmin);
