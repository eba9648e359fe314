using System.Runtime.InteropServices;
using System.Text;
using Calls.MediaNode.Dtls;
using Calls.MediaNode.Native;

namespace Calls.MediaNode.Tests.Clients;

/// <summary>A DTLS client as a browser has one: the real library, fed and drained by hand.</summary>
internal sealed unsafe partial class OpenSslClient : IDisposable
{
    public const string BrowserProfiles = "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM";

    private readonly nint _context;
    private readonly nint _ssl;
    private readonly DatagramBio _bio = new();
    private readonly byte[] _buffer = new byte[2048];

    public OpenSslClient(OpenSslClientSetup? setup = null)
    {
        setup ??= new OpenSslClientSetup();
        OpenSslLibrary.EnsureLoaded();
        Certificate = setup.Certificate ?? NodeCertificate.Create(TimeProvider.System);
        _context = OpenSslCalls.ContextNew(DtlsClientMethod());
        OpenSslCalls.ContextControl(_context, OpenSslCalls.ControlMinimumVersion, setup.Version, null);
        OpenSslCalls.ContextControl(_context, OpenSslCalls.ControlMaximumVersion, setup.Version, null);
        OpenSslCalls.ContextSetOptions(_context, OpenSslCalls.OptionNoQueryMtu | setup.Options);
        if (setup.Profiles is { } profiles)
        {
            fixed (byte* text = Encoding.ASCII.GetBytes(profiles + "\0"))
            {
                Require(0, OpenSslCalls.ContextSetSrtpProfiles(_context, text));
            }
        }

        if (setup.Ciphers is { } ciphers)
        {
            fixed (byte* text = Encoding.ASCII.GetBytes(ciphers + "\0"))
            {
                Require(1, OpenSslCalls.ContextSetCiphers(_context, text));
            }
        }

        if (setup.ShowsCertificate) { UseCertificate(); }

        _ssl = OpenSslCalls.New(_context);
        OpenSslCalls.SetBio(_ssl, _bio.Pointer, _bio.Pointer);
        SetConnectState(_ssl);
        OpenSslCalls.Control(_ssl, OpenSslCalls.ControlSetMtu, setup.Mtu, null);
    }

    public NodeCertificate Certificate { get; }

    public bool IsConnected { get; private set; }

    public bool IsClosedByPeer { get; private set; }

    public bool Failed { get; private set; }

    /// <summary>Starts, or goes on after <see cref="Receive"/>; returns the datagrams to send.</summary>
    public List<byte[]> Step()
    {
        OpenSslCalls.ClearErrors();
        if (!IsConnected)
        {
            var result = OpenSslCalls.DoHandshake(_ssl);
            IsConnected = result == 1;
            Failed |= result != 1
                && OpenSslCalls.GetError(_ssl, result) is not (OpenSslCalls.ErrorWantRead or OpenSslCalls.ErrorWantWrite);
        }

        if (IsConnected) { Read(); }

        return Take();
    }

    public List<byte[]> Receive(byte[] datagram)
    {
        fixed (byte* bytes = datagram)
        {
            _bio.Offer(bytes, datagram.Length);
            var answers = Step();
            _bio.Withdraw();
            return answers;
        }
    }

    /// <summary>Resends if OpenSSL's own clock says so.</summary>
    public List<byte[]> HandleTimeout()
    {
        OpenSslCalls.ClearErrors();
        OpenSslCalls.Control(_ssl, OpenSslCalls.ControlHandleTimeout, 0, null);
        return Take();
    }

    public List<byte[]> Close()
    {
        OpenSslCalls.ClearErrors();
        _ = OpenSslCalls.Shutdown(_ssl);
        return Take();
    }

    public List<byte[]> Renegotiate()
    {
        OpenSslCalls.ClearErrors();
        Require(1, SslRenegotiate(_ssl));
        IsConnected = false;
        return Step();
    }

    public List<byte[]> Send(string text)
    {
        OpenSslCalls.ClearErrors();
        fixed (byte* bytes = Encoding.ASCII.GetBytes(text)) { _ = SslWrite(_ssl, bytes, text.Length); }

        return Take();
    }

    public ulong SelectedProfile
    {
        get
        {
            var profile = OpenSslCalls.GetSelectedSrtpProfile(_ssl);
            return profile == null ? 0 : profile->Id;
        }
    }

    public bool UsesExtendedMasterSecret => OpenSslCalls.Control(_ssl, 122, 0, null) == 1;

    public byte[] ExportKeys(int bytes)
    {
        var keys = new byte[bytes];
        var label = "EXTRACTOR-dtls_srtp"u8;
        fixed (byte* into = keys, text = label)
        {
            Require(
                1, OpenSslCalls.ExportKeyingMaterial(_ssl, into, (nuint)bytes, text, (nuint)label.Length, null, 0, 0));
        }

        return keys;
    }

    public void Dispose()
    {
        OpenSslCalls.Free(_ssl);
        OpenSslCalls.ContextFree(_context);
        _bio.Dispose();
    }

    private static void Require(int expected, int result)
    {
        if (result != expected) { throw new InvalidOperationException($"OpenSSL's client said {result} instead of {expected}."); }
    }

    private void Read()
    {
        fixed (byte* into = _buffer)
        {
            var result = OpenSslCalls.Read(_ssl, into, _buffer.Length);
            IsClosedByPeer |= result <= 0 && OpenSslCalls.GetError(_ssl, result) == OpenSslCalls.ErrorZeroReturn;
        }
    }

    private List<byte[]> Take()
    {
        var taken = new List<byte[]>();
        while (_bio.TryTake(_buffer, out var bytes)) { taken.Add(_buffer[..bytes]); }

        return taken;
    }

    private void UseCertificate()
    {
        fixed (byte* der = Certificate.CertificateDer, key = Certificate.PrivateKeyDer)
        {
            Require(1, OpenSslCalls.ContextUseCertificate(_context, Certificate.CertificateDer.Length, der));
            Require(
                1,
                OpenSslCalls.ContextUsePrivateKey(
                    OpenSslCalls.KeyTypeEllipticCurve, _context, key, Certificate.PrivateKeyDer.Length));
        }
    }

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "DTLS_client_method")]
    private static partial nint DtlsClientMethod();

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_set_connect_state")]
    private static partial void SetConnectState(nint ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_renegotiate")]
    private static partial int SslRenegotiate(nint ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_write")]
    private static partial int SslWrite(nint ssl, byte* from, int bytes);
}

/// <summary>How a client differs from an ordinary browser.</summary>
internal sealed record OpenSslClientSetup
{
    /// <summary>Pads the ClientHello to 512 bytes.</summary>
    public const ulong PadHello = 0x10;

    public int Version { get; init; } = OpenSslCalls.Dtls12;

    public string? Profiles { get; init; } = OpenSslClient.BrowserProfiles;

    public string? Ciphers { get; init; }

    public bool ShowsCertificate { get; init; } = true;

    public int Mtu { get; init; } = 1200;

    public ulong Options { get; init; }

    public NodeCertificate? Certificate { get; init; }
}
