using System.Collections.Immutable;
using Calls.Contracts.Calls;

namespace Calls.Gateway.Admin;

/// <summary>The program's settings, as an administrator sees and changes them. The program implements it: it alone knows all of its parts.</summary>
public interface ISettings
{
    /// <summary>Every setting there is.</summary>
    ImmutableArray<Setting> All();

    /// <summary>
    /// Changes settings, all of them or none; null goes back to what was given at the start. In force here at once, and in every other
    /// process within 5 s. Or Invalid: unknown, not to be changed while running, or a value that is not allowed.
    /// </summary>
    Task<Answer> Change(ImmutableDictionary<string, string?> changes, CancellationToken cancellation);
}

/// <summary>One setting.</summary>
/// <param name="Name">Without the leading <c>Calls:</c>.</param>
/// <param name="Value">In force; a list is JSON. What is secret is not shown.</param>
/// <param name="Changeable">Whether it may be changed while running.</param>
public sealed record Setting(
    string Name, string Value, string Default, string Allowed, string Meaning, SettingSource Source, bool Changeable);

/// <summary>Where a setting's value comes from.</summary>
public enum SettingSource
{
    /// <summary>Nobody said anything.</summary>
    Default,

    /// <summary>File, environment or command line.</summary>
    Given,

    /// <summary>An administrator, while running.</summary>
    Changed,
}
