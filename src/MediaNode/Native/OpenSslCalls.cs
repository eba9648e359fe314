using System.Runtime.InteropServices;

namespace Calls.MediaNode.Native;

/// <summary>The part of OpenSSL 3 that a DTLS server needs. Names and numbers are those of its headers.</summary>
internal static unsafe partial class OpenSslCalls
{
    public const int ControlMode = 33;
    public const int ControlSetMtu = 17;
    public const int ControlSessionCacheMode = 44;
    public const int ControlGetTimeout = 73;
    public const int ControlHandleTimeout = 74;
    public const int ControlSetGroupsList = 92;
    public const int ControlSetSignatureAlgorithmsList = 98;
    public const int ControlSetClientSignatureAlgorithmsList = 102;
    public const int ControlMinimumVersion = 123;
    public const int ControlMaximumVersion = 124;

    public const int Dtls12 = 0xFEFD;
    public const int ModeReleaseBuffers = 0x10;
    public const int VerifyPeerAndRequireCertificate = 0x1 | 0x2;
    public const ulong OptionNoQueryMtu = 0x1000;
    public const ulong OptionNoTicket = 0x4000;
    public const ulong OptionCipherServerPreference = 0x400000;
    public const ulong OptionNoRenegotiation = 0x40000000;
    public const int KeyTypeEllipticCurve = 408;

    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ErrorZeroReturn = 6;

    public const int BioTypeSourceSink = 0x400;
    public const int BioFlagsShouldRetryRead = 0x8 | 0x1;
    public const int BioFlagsRetryMask = 0xF;
    public const int BioControlFlush = 11;
    public const int BioControlQueryMtu = 40;
    public const int BioControlFallbackMtu = 47;

    // ERR_GET_REASON keeps the low 23 bits; reasons from 1000 on are alerts that the peer sent (SSL_AD_REASON_OFFSET).
    private const ulong ReasonMask = 0x7F_FFFF;
    private const ulong AlertReasonOffset = 1000;
    private const ulong AlertReasonEnd = AlertReasonOffset + 256;

    private const string Ssl = OpenSslLibrary.Ssl;
    private const string Crypto = OpenSslLibrary.Crypto;

    /// <summary>Is the oldest error of this thread's queue a fatal alert from the peer?</summary>
    public static bool IsPeerAlert()
    {
        var reason = PeekError() & ReasonMask;
        return reason is >= AlertReasonOffset and < AlertReasonEnd;
    }

    [LibraryImport(Ssl, EntryPoint = "DTLS_server_method")]
    public static partial nint DtlsServerMethod();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial nint ContextNew(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(nint context, int command, nint number, void* pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions(nint context, ulong options);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(nint context, int mode, delegate* unmanaged<int, nint, int> callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate_ASN1")]
    public static partial int ContextUseCertificate(nint context, int bytes, byte* der);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_ASN1")]
    public static partial int ContextUsePrivateKey(int type, nint context, byte* der, nint bytes);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cipher_list")]
    public static partial int ContextSetCiphers(nint context, byte* list);

    /// <summary>Returns 0 for success, unlike its neighbours.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_tlsext_use_srtp")]
    public static partial int ContextSetSrtpProfiles(nint context, byte* list);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial nint New(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(nint ssl, nint read, nint write);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_accept_state")]
    public static partial void SetAcceptState(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(nint ssl, int command, nint number, void* pointer);

    [LibraryImport(Ssl, EntryPoint = "DTLS_set_timer_cb")]
    public static partial void SetTimerCallback(nint ssl, delegate* unmanaged<nint, uint, uint> callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_read")]
    public static partial int Read(nint ssl, byte* into, int bytes);

    [LibraryImport(Ssl, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_error")]
    public static partial int GetError(nint ssl, int result);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_selected_srtp_profile")]
    public static partial SrtpProfileName* GetSelectedSrtpProfile(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_get1_peer_certificate")]
    public static partial nint GetPeerCertificate(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_export_keying_material")]
    public static partial int ExportKeyingMaterial(
        nint ssl, byte* into, nuint bytes, byte* label, nuint labelBytes, byte* context, nuint contextBytes, int useContext);

    [LibraryImport(Crypto, EntryPoint = "i2d_X509")]
    public static partial int CertificateToDer(nint certificate, byte** into);

    [LibraryImport(Crypto, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    [LibraryImport(Crypto, EntryPoint = "BIO_get_new_index")]
    public static partial int BioGetNewIndex();

    [LibraryImport(Crypto, EntryPoint = "BIO_meth_new")]
    public static partial nint BioMethodNew(int type, byte* name);

    [LibraryImport(Crypto, EntryPoint = "BIO_meth_set_write")]
    public static partial int BioMethodSetWrite(nint method, delegate* unmanaged<nint, byte*, int, int> write);

    [LibraryImport(Crypto, EntryPoint = "BIO_meth_set_read")]
    public static partial int BioMethodSetRead(nint method, delegate* unmanaged<nint, byte*, int, int> read);

    [LibraryImport(Crypto, EntryPoint = "BIO_meth_set_ctrl")]
    public static partial int BioMethodSetControl(nint method, delegate* unmanaged<nint, int, nint, void*, nint> control);

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Crypto, EntryPoint = "BIO_set_init")]
    public static partial void BioSetInit(nint bio, int initialised);

    [LibraryImport(Crypto, EntryPoint = "BIO_set_data")]
    public static partial void BioSetData(nint bio, nint data);

    [LibraryImport(Crypto, EntryPoint = "BIO_get_data")]
    public static partial nint BioGetData(nint bio);

    [LibraryImport(Crypto, EntryPoint = "BIO_set_flags")]
    public static partial void BioSetFlags(nint bio, int flags);

    [LibraryImport(Crypto, EntryPoint = "BIO_clear_flags")]
    public static partial void BioClearFlags(nint bio, int flags);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(Crypto, EntryPoint = "ERR_peek_error")]
    private static partial nuint PeekError();
}

/// <summary><c>SRTP_PROTECTION_PROFILE</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SrtpProfileName
{
    public nint Name;
    public nuint Id;
}

/// <summary><c>struct timeval</c> of 64-bit Unix.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeValue
{
    public long Seconds;
    public long Microseconds;
}
