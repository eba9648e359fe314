namespace Calls.Media.Srtp;

/// <summary>Makes ciphers. One engine is chosen per process, by what the processor can do.</summary>
public interface ISrtpEngine
{
    /// <summary>The engine's name in logs and metrics.</summary>
    string Name { get; }

    /// <summary>Makes the cipher of one direction and one kind of packet. May allocate; the keys are copied.</summary>
    ISrtpCipher Create(SrtpProfile profile, SrtpSessionKeys keys);
}
