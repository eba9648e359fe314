using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Calls.Media.Datagrams;
using Calls.Media.Srtp;

namespace Calls.Benchmarks;

/// <summary>
/// SRTP per packet, whole: header, numbers, windows, cipher. Seal is what every listener costs, open what every speaker costs.
/// Options: <c>--rounds N</c> (7), <c>--batches N</c> (400).
/// </summary>
internal sealed class ProtectUnprotect : IBenchmark
{
    private const int HeaderBytes = 20;         // fixed part and one extension word with its block header
    private const int PacketsPerBatch = 500;    // 600 KB of the longer payload: within a second-level cache

    private const int Listeners = 1_000;
    private const int SendBatchPackets = 64;    // outputs are used again after this many, as the node's own are

    private static readonly int[] _payloadBytes = [100, 1200];

    /// <inheritdoc/>
    public string Name => "protect-unprotect";

    /// <inheritdoc/>
    public Task Run(string[] options)
    {
        var rounds = new InterleavedRounds(Option(options, "--rounds", 7));
        var batches = Option(options, "--batches", 400);
        var oracles = new List<Oracle>();
        foreach (var payloadBytes in _payloadBytes)
        {
            foreach (var profile in new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmSha1 })
            {
                var variant = new Variant(profile, payloadBytes, batches);
                rounds.Add($"{profile}, seal {payloadBytes} B", variant.Seal);
                rounds.Add($"{profile}, open {payloadBytes} B", variant.Open);
                var fanOut = new FanOut(profile, payloadBytes, batches / 2);
                rounds.Add($"{profile}, seal {payloadBytes} B for {Listeners} listeners in turn", fanOut.Seal);
            }

            oracles.Add(new Oracle(payloadBytes, batches));
            rounds.Add($"BCL AesGcm, seal {payloadBytes} B", oracles[^1].Seal);
            rounds.Add($"BCL AesGcm, open {payloadBytes} B", oracles[^1].Open);
        }

        Console.WriteLine(rounds.Run("ns per packet"));
        oracles.ForEach(oracle => oracle.Dispose());
        return Task.CompletedTask;
    }

    private static int Option(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length
            ? int.Parse(options[at + 1], CultureInfo.InvariantCulture)
            : otherwise;

    /// <summary>One profile through the contexts that the program uses.</summary>
    private sealed class Variant
    {
        private readonly int _batches;
        private readonly byte[] _header = new byte[HeaderBytes];
        private readonly byte[] _payload;
        private readonly byte[][] _packets;
        private readonly Direction _sealOnly;
        private readonly Direction _sealAndOpen;
        private readonly SrtpContext _opening;
        private readonly Action _sealBatch;
        private readonly Action _openBatch;

        public Variant(SrtpProfile profile, int payloadBytes, int batches)
        {
            _batches = batches;
            _payload = RandomNumberGenerator.GetBytes(payloadBytes);
            _packets = [.. Enumerable.Range(0, PacketsPerBatch).Select(_ => new byte[Length(profile)])];
            var master = new SrtpMasterKey(
                RandomNumberGenerator.GetBytes(SrtpProfile.MasterKeyBytes), RandomNumberGenerator.GetBytes(profile.MasterSaltBytes));
            _sealOnly = new Direction(new SrtpContext(profile, master, new IntrinsicsEngine(), SrtpLimits.Default));
            _sealAndOpen = new Direction(new SrtpContext(profile, master, new IntrinsicsEngine(), SrtpLimits.Default));
            _opening = new SrtpContext(profile, master, new IntrinsicsEngine(), SrtpLimits.Default);
            Convert.FromHexString("906f000000000000cafebabebede000110850000").CopyTo(_header, 0);
            (_sealBatch, _openBatch) = (() => SealBatch(_sealOnly), OpenBatch);
        }

        private int Length(SrtpProfile profile) => HeaderBytes + _payload.Length + profile.RtpOverheadBytes;

        public RoundCost Seal()
        {
            var meter = default(CostMeter);
            for (var batch = 0; batch < _batches; batch++)
            {
                meter.Measure(PacketsPerBatch, _sealBatch);
            }

            return meter.Cost;
        }

        public RoundCost Open()
        {
            var meter = default(CostMeter);
            for (var batch = 0; batch < _batches; batch++)
            {
                SealBatch(_sealAndOpen);
                meter.Measure(PacketsPerBatch, _openBatch);
            }

            return meter.Cost;
        }

        private void SealBatch(Direction direction)
        {
            foreach (var packet in _packets)
            {
                BinaryPrimitives.WriteUInt16BigEndian(_header.AsSpan(2), ++direction.Sequence);
                Check(direction.Context.TryProtect(_header, _payload, packet, out _, out _));
            }
        }

        private void OpenBatch()
        {
            foreach (var packet in _packets)
            {
                Check(_opening.TryUnprotect(packet, MonotonicTime.Zero, out _, out _));
            }
        }
    }

    /// <summary>A context that seals, and how far it has counted.</summary>
    private sealed class Direction(SrtpContext context)
    {
        public ushort Sequence;

        public SrtpContext Context { get; } = context;
    }

    /// <summary>One speaker's packet, sealed once for each listener with that listener's own keys, as in a large call.</summary>
    private sealed class FanOut(SrtpProfile profile, int payloadBytes, int batches)
    {
        private const int SlabBytes = 2048;

        private readonly List<SrtpContext> _listeners = [.. Enumerable.Range(0, Listeners).Select(_ => Context(profile))];
        private readonly byte[] _payload = RandomNumberGenerator.GetBytes(payloadBytes);
        private readonly byte[] _header = Convert.FromHexString("906f000000000000cafebabebede000110850000");
        private readonly byte[] _output = new byte[SendBatchPackets * SlabBytes];
        private ushort _sequence;

        public RoundCost Seal()
        {
            var meter = default(CostMeter);
            for (var batch = 0; batch < batches; batch++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(_header.AsSpan(2), ++_sequence);
                meter.Measure(Listeners, SealForAll);
            }

            return meter.Cost;
        }

        private void SealForAll()
        {
            for (var listener = 0; listener < Listeners; listener++)
            {
                var output = _output.AsSpan(listener % SendBatchPackets * SlabBytes, SlabBytes);
                Check(_listeners[listener].TryProtect(_header, _payload, output, out _, out _));
            }
        }

        private static SrtpContext Context(SrtpProfile profile)
        {
            var master = new SrtpMasterKey(
                RandomNumberGenerator.GetBytes(SrtpProfile.MasterKeyBytes), RandomNumberGenerator.GetBytes(profile.MasterSaltBytes));
            return new SrtpContext(profile, master, new IntrinsicsEngine(), SrtpLimits.Default);
        }
    }

    /// <summary>The library's AES-GCM with the same bytes, without numbers and windows.</summary>
    private sealed class Oracle(int payloadBytes, int batches) : IDisposable
    {
        private readonly AesGcm _cipher = new(RandomNumberGenerator.GetBytes(16), 16);
        private readonly byte[] _nonce = new byte[12];
        private readonly byte[] _header = new byte[HeaderBytes];
        private readonly byte[] _plain = RandomNumberGenerator.GetBytes(payloadBytes);
        private readonly byte[] _text = new byte[payloadBytes];
        private readonly byte[] _tag = new byte[16];

        public void Dispose() => _cipher.Dispose();

        public RoundCost Seal()
        {
            var meter = default(CostMeter);
            for (var batch = 0; batch < batches; batch++)
            {
                meter.Measure(PacketsPerBatch, () =>
                {
                    for (var packet = 0; packet < PacketsPerBatch; packet++)
                    {
                        BinaryPrimitives.WriteInt32BigEndian(_nonce.AsSpan(8), packet);
                        _cipher.Encrypt(_nonce, _plain, _text, _tag, _header);
                    }
                });
            }

            return meter.Cost;
        }

        public RoundCost Open()
        {
            _cipher.Encrypt(_nonce, _plain, _text, _tag, _header);
            var meter = default(CostMeter);
            for (var batch = 0; batch < batches; batch++)
            {
                meter.Measure(PacketsPerBatch, () =>
                {
                    for (var packet = 0; packet < PacketsPerBatch; packet++)
                    {
                        _cipher.Decrypt(_nonce, _text, _tag, _plain, _header);
                    }
                });
            }

            return meter.Cost;
        }
    }

    private static void Check(bool worked)
    {
        if (!worked)
        {
            throw new InvalidOperationException("A packet was refused: the figures would be worth nothing.");
        }
    }
}
