using System.Runtime.InteropServices;

namespace Calls.MediaNode.Native;

/// <summary>The part of OpenSSL's EVP that the fallback SRTP engine needs.</summary>
internal static unsafe partial class EvpCalls
{
    public const int ControlGcmGetTag = 0x10;
    public const int ControlGcmSetTag = 0x11;

    private const string Crypto = OpenSslLibrary.Crypto;

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_128_gcm")]
    public static partial nint Aes128Gcm();

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_128_ctr")]
    public static partial nint Aes128Counter();

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_new")]
    public static partial nint ContextNew();

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_ctrl")]
    public static partial int ContextControl(nint context, int command, int number, void* pointer);

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherInit_ex")]
    public static partial int Init(nint context, nint cipher, nint engine, byte* key, byte* vector, int encrypt);

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherUpdate")]
    public static partial int Update(nint context, byte* into, int* bytes, byte* from, int fromBytes);

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherFinal_ex")]
    public static partial int Final(nint context, byte* into, int* bytes);
}
