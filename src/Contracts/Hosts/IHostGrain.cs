using Calls.Contracts.Calls;

namespace Calls.Contracts.Hosts;

/// <summary>The rules of the chair of one call; every host control is authorised here. Key: the <see cref="CallId"/>.</summary>
[Alias("IHostGrain")]
public interface IHostGrain : IGrainWithStringKey
{
    /// <summary>Gives the chair to a user who is in the call, and locks it for them.</summary>
    /// <returns>Or Forbidden, NoCall, NotInCall.</returns>
    [Alias("Make")]
    Task<Answer> Make(HostAuthor author, UserId to);

    /// <summary>Ends the call for everyone.</summary>
    /// <returns>Or Forbidden, NoCall.</returns>
    [Alias("End")]
    Task<Answer> End(HostAuthor author);
}

/// <summary>Who uses a host control.</summary>
/// <param name="IsAdmin">A system administrator, who need not be in the call. Vouched for by the gateway.</param>
[GenerateSerializer, Immutable, Alias("HostAuthor")]
public sealed record HostAuthor(UserId User, bool IsAdmin);

/// <summary>
/// By what right a control reaches the call: an admin's, or that of whoever holds the chair. The call refuses a control
/// whose author has lost the chair on the way.
/// </summary>
[GenerateSerializer, Immutable, Alias("HostAuthority")]
public sealed record HostAuthority(UserId By, bool AsAdmin);
