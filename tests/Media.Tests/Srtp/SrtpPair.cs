using Calls.Media.Datagrams;
using Calls.Media.Rtp;
using Calls.Media.Srtp;

namespace Calls.Media.Tests.Srtp;

/// <summary>Two ends of one direction, with fixed keys: what one seals the other opens.</summary>
internal sealed class SrtpPair
{
    public static readonly byte[] Payload = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];

    private static readonly byte[] _key = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly byte[] _salt = [.. Enumerable.Range(101, 14).Select(value => (byte)value)];

    public SrtpPair(SrtpProfile profile, SrtpLimits? limits = null)
    {
        Profile = profile;
        var master = new SrtpMasterKey(_key, _salt.AsSpan(0, profile.MasterSaltBytes));
        var engine = new IntrinsicsEngine();
        Sender = new SrtpContext(profile, master, engine, limits ?? SrtpLimits.Default);
        Receiver = new SrtpContext(profile, master, engine, limits ?? SrtpLimits.Default);
        ControlSender = new SrtcpContext(profile, master, engine, limits ?? SrtpLimits.Default);
        ControlReceiver = new SrtcpContext(profile, master, engine, limits ?? SrtpLimits.Default);
    }

    public SrtpProfile Profile { get; }

    public SrtpContext Sender { get; }

    public SrtpContext Receiver { get; }

    public SrtcpContext ControlSender { get; }

    public SrtcpContext ControlReceiver { get; }

    /// <summary>Profiles by name, as theory data can carry them.</summary>
    public static TheoryData<string> ProfileNames => [.. new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 }.Select(profile => profile.OpenSslName)];

    public static SrtpPair Of(string profile, SrtpLimits? limits = null) =>
        new(new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 }.Single(known => known.OpenSslName == profile), limits);

    /// <summary>A sealed packet with one header extension.</summary>
    public byte[] Seal(int sequence, uint ssrc = 0xcafebabe)
    {
        Assert.True(TrySeal(sequence, ssrc, out var packet, out var failure), $"{failure}");
        return packet;
    }

    public bool TrySeal(int sequence, uint ssrc, out byte[] packet, out SrtpFailure failure)
    {
        var header = new byte[RtpHeaderWriter.BytesMax];
        var writer = new RtpHeaderWriter(
            header, false, new PayloadType(111), new SequenceNumber((ushort)sequence), new RtpTimestamp(7), new Ssrc(ssrc));
        Assert.True(writer.TryAdd(1, [0x85]));
        var output = new byte[1500];
        var worked = Sender.TryProtect(header.AsSpan(0, writer.Finish()), Payload, output, out var length, out failure);
        packet = output[..length];
        return worked;
    }

    /// <summary>Opens a copy of a packet and says what happened.</summary>
    public SrtpFailure Open(byte[] packet, MonotonicTime now = default)
    {
        var copy = packet.ToArray();
        var worked = Receiver.TryUnprotect(copy, now, out var length, out var failure);
        Assert.Equal(worked, failure == SrtpFailure.None);
        if (worked)
        {
            Assert.True(RtpHeader.TryRead(copy.AsSpan(0, length), out var header));
            Assert.True(header.TryReadPayload(copy.AsSpan(0, length), out var payload));
            Assert.Equal(Payload, payload.ToArray());
        }

        return failure;
    }
}
