using Calls.Media.Srtp;
using Calls.MediaNode.Telemetry;

namespace Calls.MediaNode.Srtp;

/// <summary>Picks the SRTP engine once per process: C# by the processor's own instructions where it has them.</summary>
internal static class SrtpEngineChoice
{
    /// <exception cref="MediaNodeStartException">The engine asked for does not run on this processor.</exception>
    public static ISrtpEngine Choose(MediaNodeOptions options) => options.Srtp.Engine switch
    {
        SrtpEngineKind.Evp => new EvpSrtpEngine(),
        SrtpEngineKind.Intrinsics when !IntrinsicsEngine.IsSupported => throw new MediaNodeStartException(
            $"{MediaNodeOptions.Section}:Srtp:Engine is intrinsics; this processor lacks AES or carry-less multiplication; allowed: auto, evp."),
        SrtpEngineKind.Auto when !IntrinsicsEngine.IsSupported => new EvpSrtpEngine(),
        _ => new IntrinsicsEngine(),
    };
}
