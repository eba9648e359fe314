using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Stun;

namespace Calls.Media.Simulation.Fuzz;

/// <summary>The STUN reader, and behind it an agent that is asked whatever comes.</summary>
public sealed class StunTarget : IFuzzTarget
{
    private static readonly TransportAddress Source = TransportAddress.FromIPv4(0xC0000201, 5_000);

    private readonly IceCredentials _ours = IceCredentials.Create([.. Enumerable.Range(0, IceCredentials.EntropyBytes).Select(i => (byte)i)], 1);
    private readonly IceLiteAgent _agent;
    private readonly byte[] _answer = new byte[IceLimits.AnswerBytesMax];

    public StunTarget()
    {
        _agent = new IceLiteAgent(_ours, new IceLimits());
        Seeds = [Check(nominate: false), Check(nominate: true), Check(nominate: true, (StunAttribute)0x7FFF, StunAttribute.IceControlled)];
    }

    public string Name => "stun";

    public IReadOnlyList<byte[]> Seeds { get; }

    public long AllocatedBytesMax => 0;

    public void Run(byte[] input)
    {
        var step = _agent.Receive(Source, Source, input, MonotonicTime.Zero, _answer);
        if (step.RefusedWith != 0 && step.AnswerBytes > input.Length) { throw new InvalidOperationException("A refusal is longer than the request."); }
        if (step.AnswerBytes > 0 && !StunReader.TryRead(_answer.AsSpan(0, step.AnswerBytes), out _)) { throw new InvalidOperationException("The answer is malformed."); }

        IceLiteAgent.RefuseStranger(input, _answer);
        if (!StunReader.TryRead(input, out var message)) { return; }

        Span<ushort> unknown = stackalloc ushort[StunReader.UnknownAttributesMax];
        message.CopyUnknownMandatory(unknown);
        _ = message.XorMappedAddress.Length + message.ErrorCode + message.LocalFragment.Length;
    }

    private byte[] Check(bool nominate, params StunAttribute[] extra)
    {
        Span<byte> into = stackalloc byte[512];
        var writer = new StunWriter(into, StunMessageKind.BindingRequest, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        writer.Add(StunAttribute.Username, System.Text.Encoding.ASCII.GetBytes(_ours.Fragment + ":peer"));
        writer.Add(StunAttribute.Priority, [0x6E, 0, 1, 0xFF]);
        if (nominate) { writer.Add(StunAttribute.UseCandidate, default); }
        foreach (var attribute in extra) { writer.Add(attribute, [0, 0, 0, 0, 0, 0, 0, 1]); }
        writer.AddIntegrity(_ours.PasswordBytes);

        // Most without a fingerprint: a checksum that is never right would keep mutations from going deeper.
        if (nominate && extra.Length == 0) { writer.AddFingerprint(); }
        return into[..writer.Bytes].ToArray();
    }
}
