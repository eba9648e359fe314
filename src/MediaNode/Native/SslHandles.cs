using System.Runtime.InteropServices;

namespace Calls.MediaNode.Native;

/// <summary>Owns an <c>SSL_CTX</c>: what all associations of a process share.</summary>
internal sealed class SslContextHandle : SafeHandle
{
    public SslContextHandle(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer; valid as long as this object is reachable and not disposed.</summary>
    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        OpenSslCalls.ContextFree(handle);
        return true;
    }
}

/// <summary>Owns an <c>SSL</c> and the BIO given to it.</summary>
internal sealed class SslHandle : SafeHandle
{
    public SslHandle(nint ssl)
        : base(0, ownsHandle: true) => SetHandle(ssl);

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer; valid as long as this object is reachable and not disposed.</summary>
    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        OpenSslCalls.Free(handle);
        return true;
    }
}
