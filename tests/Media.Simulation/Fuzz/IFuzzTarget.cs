namespace Calls.Media.Simulation.Fuzz;

/// <summary>
/// One parser under bad input. A target in this folder is found by itself; it is made anew for each run and may keep state.
/// </summary>
public interface IFuzzTarget
{
    /// <summary>Its name, such as <c>stun</c>.</summary>
    string Name { get; }

    /// <summary>Well-formed inputs that mutation starts from.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Managed bytes that one input may cost. A parser that takes more has found no limit to its memory.</summary>
    long AllocatedBytesMax { get; }

    /// <summary>Feeds one input. Throws if the parser does, or if what it answers cannot be.</summary>
    void Run(byte[] input);
}
