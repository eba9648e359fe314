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
    private readonly Lazy<byte[]> _json;

    private EventMessage(News news) => _json = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(
        new Frame(news.Event.Type, news.At, news.Seq, news.CallId, news.ChannelId, news.Event), ProtocolJson.Client));

    public static EventMessage Of(News news) => new(news);

    // As object: the event's own members, not those of its base.
    private sealed record Frame(string Type, DateTimeOffset At, long? Seq, CallId? CallId, ChannelId? ChannelId, object Data);

    private sealed class Writer : JsonConverter<EventMessage>
    {
        public override EventMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Events are only told.");

        public override void Write(Utf8JsonWriter writer, EventMessage value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value._json.Value, skipInputValidation: true);
    }
}
