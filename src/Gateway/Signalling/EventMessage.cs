using System.Text.Json;
using System.Text.Json.Serialization;
using Calls.Contracts.Gateways;
using Calls.Contracts.Ids;
using Calls.Contracts.Protocol;

namespace Calls.Gateway.Signalling;

/// <summary>The argument of the client method <c>event</c>. Written once, however many connections are told.</summary>
[JsonConverter(typeof(Writer))]
internal sealed class EventMessage
{
    private readonly Lazy<byte[]> _frame;

    private EventMessage(News news) => _frame = new Lazy<byte[]>(() => Write(
        new Argument(news.Event.Type, news.At, news.Seq, news.CallId, news.ChannelId, news.Event)));

    /// <summary>The invocation of the client method, as it goes over the wire.</summary>
    public ReadOnlyMemory<byte> Frame => _frame.Value;

    private static ReadOnlySpan<byte> Head => "{\"type\":1,\"target\":\"event\",\"arguments\":["u8;

    // 0x1e ends each message of SignalR's JSON protocol.
    private static ReadOnlySpan<byte> Tail => "]}\u001e"u8;

    private ReadOnlySpan<byte> Json => Frame.Span[Head.Length..^Tail.Length];

    public static EventMessage Of(News news) => new(news);

    private static byte[] Write(Argument argument) => [.. Head, .. JsonSerializer.SerializeToUtf8Bytes(argument, ProtocolJson.Client), .. Tail];

    // As object: the event's own members, not those of its base.
    private sealed record Argument(string Type, DateTimeOffset At, long? Seq, CallId? CallId, ChannelId? ChannelId, object Data);

    private sealed class Writer : JsonConverter<EventMessage>
    {
        public override EventMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Events are only told.");

        public override void Write(Utf8JsonWriter writer, EventMessage value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
