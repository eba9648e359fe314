using System.Buffers.Binary;
using System.Text;

namespace Calls.MediaClient;

/// <summary>OpenSSL's own DTLS client, fed and drained by hand. Not safe for several threads.</summary>
internal sealed unsafe class DtlsAssociation : IDisposable
{
    private const int RecordHeaderBytes = 13; // RFC 6347 §4.1
    private const int Mtu = 1200;
    private const string Profile = "SRTP_AEAD_AES_128_GCM\0";

    private readonly nint _context;
    private readonly nint _ssl;
    private readonly nint _in;
    private readonly nint _out;
    private readonly byte[] _buffer = new byte[16 * 1024];

    public DtlsAssociation(ClientCertificate certificate)
    {
        _context = OpenSsl.ContextNew(OpenSsl.ClientMethod());
        OpenSsl.ContextSetOptions(_context, OpenSsl.OptionNoQueryMtu);
        fixed (byte* profile = Encoding.ASCII.GetBytes(Profile), der = certificate.Certificate, key = certificate.Key)
        {
            Require(0, OpenSsl.ContextSetSrtpProfiles(_context, profile));
            Require(1, OpenSsl.ContextUseCertificate(_context, certificate.Certificate.Length, der));
            Require(1, OpenSsl.ContextUsePrivateKey(OpenSsl.KeyTypeEllipticCurve, _context, key, certificate.Key.Length));
        }

        _ssl = OpenSsl.New(_context);
        _in = OpenSsl.BioNew(OpenSsl.MemoryBioMethod());
        _out = OpenSsl.BioNew(OpenSsl.MemoryBioMethod());
        OpenSsl.SetBio(_ssl, _in, _out);
        OpenSsl.SetConnectState(_ssl);
        OpenSsl.Control(_ssl, OpenSsl.ControlSetMtu, Mtu, null);
    }

    public bool IsConnected { get; private set; }

    public bool IsClosedByPeer { get; private set; }

    public bool Failed { get; private set; }

    /// <summary>Starts or goes on; returns the datagrams to send.</summary>
    public List<byte[]> Step()
    {
        OpenSsl.ClearErrors();
        if (!IsConnected && !Failed)
        {
            var result = OpenSsl.DoHandshake(_ssl);
            IsConnected = result == 1;
            Failed = result != 1 && OpenSsl.GetError(_ssl, result) is not (OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite);
        }

        if (IsConnected) { ReadAlerts(); }

        return Take();
    }

    public List<byte[]> Receive(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram) { Require(datagram.Length, OpenSsl.BioWrite(_in, bytes, datagram.Length)); }

        return Step();
    }

    /// <summary>Sends the last flight again if OpenSSL's own clock says that it is time.</summary>
    public List<byte[]> Resend()
    {
        OpenSsl.ClearErrors();
        OpenSsl.Control(_ssl, OpenSsl.ControlHandleTimeout, 0, null);
        return Take();
    }

    public List<byte[]> Close()
    {
        OpenSsl.ClearErrors();
        _ = OpenSsl.Shutdown(_ssl);
        return Take();
    }

    /// <summary>The fingerprint of the certificate that the service has shown.</summary>
    public string PeerFingerprint()
    {
        var certificate = OpenSsl.GetPeerCertificate(_ssl);
        if (certificate == 0) { return "(none)"; }

        fixed (byte* start = _buffer)
        {
            var end = start;
            var bytes = OpenSsl.CertificateToDer(certificate, &end);
            OpenSsl.CertificateFree(certificate);
            return ClientCertificate.FingerprintOf(_buffer.AsSpan(0, bytes));
        }
    }

    /// <summary>What RFC 5764 takes the keys from.</summary>
    public byte[] ExportKeys(int bytes)
    {
        if (OpenSsl.GetSelectedSrtpProfile(_ssl) == 0) { throw new InvalidOperationException("The service agreed to no SRTP profile."); }

        var keys = new byte[bytes];
        var label = "EXTRACTOR-dtls_srtp"u8;
        fixed (byte* into = keys, text = label)
        {
            Require(1, OpenSsl.ExportKeyingMaterial(_ssl, into, (nuint)bytes, text, (nuint)label.Length, null, 0, 0));
        }

        return keys;
    }

    public void Dispose()
    {
        OpenSsl.Free(_ssl); // with both BIOs
        OpenSsl.ContextFree(_context);
    }

    private static void Require(int expected, int result)
    {
        if (result != expected) { throw new InvalidOperationException($"OpenSSL's client said {result} instead of {expected}."); }
    }

    private void ReadAlerts()
    {
        fixed (byte* into = _buffer)
        {
            var result = OpenSsl.Read(_ssl, into, _buffer.Length);
            IsClosedByPeer |= result <= 0 && OpenSsl.GetError(_ssl, result) == OpenSsl.ErrorZeroReturn;
        }
    }

    // A memory BIO does not keep the borders of datagrams; a record knows its length, and one record a datagram is allowed.
    private List<byte[]> Take()
    {
        var datagrams = new List<byte[]>();
        int bytes;
        fixed (byte* into = _buffer) { bytes = OpenSsl.BioRead(_out, into, _buffer.Length); }

        for (var start = 0; start + RecordHeaderBytes <= bytes;)
        {
            var length = RecordHeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(start + 11));
            datagrams.Add(_buffer[start..(start + length)]);
            start += length;
        }

        return datagrams;
    }
}
