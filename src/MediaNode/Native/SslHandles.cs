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

/// <summary>
/// An <c>EVP_CIPHER_CTX</c> whose key is set; only the initial vector changes from packet to packet. Ciphers are forgotten,
/// not disposed, so this is freed when the collector finds it.
/// </summary>
internal sealed unsafe class EvpContext
{
    private readonly int _encrypt;

    public EvpContext(nint cipher, ReadOnlySpan<byte> key, bool encrypts)
    {
        _encrypt = encrypts ? 1 : 0;
        Pointer = EvpCalls.ContextNew();
        fixed (byte* bytes = key)
        {
            if (Pointer == 0 || EvpCalls.Init(Pointer, cipher, 0, bytes, null, _encrypt) != 1)
            {
                throw new InvalidOperationException("OpenSSL refused to make a cipher context.");
            }
        }
    }

    ~EvpContext() => EvpCalls.ContextFree(Pointer);

    public nint Pointer { get; }

    public void Restart(byte* vector) => _ = EvpCalls.Init(Pointer, 0, 0, null, vector, _encrypt);

    /// <summary>Adds bytes; without <paramref name="into"/> they are associated data.</summary>
    public void Add(ReadOnlySpan<byte> from, byte* into)
    {
        int bytes;
        fixed (byte* pointer = from)
        {
            if (from.Length > 0) { _ = EvpCalls.Update(Pointer, into, &bytes, pointer, from.Length); }
        }
    }
}
