namespace Calls.Media.Peers;

/// <summary>Where unguessable bytes come from: the system's cryptographic generator, or a test's seed.</summary>
public interface IEntropy
{
    /// <summary>Fills the span.</summary>
    void Fill(Span<byte> bytes);
}
