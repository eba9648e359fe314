using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Conformance.Clients;

/// <summary>
/// What a client can know of a call, kept by the rule of <c>seq</c>: a snapshot, and the numbered events after it in their order. Two
/// clients that know as much have equal pictures.
/// </summary>
internal sealed record CallPicture(
    long Seq, string Host, bool HostLocked, string? Screen, bool Ended, ImmutableSortedDictionary<string, SeatPicture> Sessions)
{
    /// <summary>A snapshot alone.</summary>
    public static CallPicture Of(JsonElement call) => new(
        call.GetProperty("seq").GetInt64(),
        call.GetProperty("hostUserId").GetString()!,
        call.GetProperty("hostLocked").GetBoolean(),
        call.GetProperty("screenSessionId").GetString(),
        false,
        call.GetProperty("sessions").EnumerateArray().ToImmutableSortedDictionary(Id, SeatPicture.Of, StringComparer.Ordinal));

    /// <summary>A snapshot and everything after it, as far as it comes without a gap.</summary>
    public static CallPicture Of(JsonElement call, IEnumerable<JsonElement> messages)
    {
        var picture = Of(call);
        var numbered = messages.Where(message => message.GetProperty("seq").ValueKind == JsonValueKind.Number)
            .ToLookup(message => message.GetProperty("seq").GetInt64());
        while (numbered[picture.Seq + 1].FirstOrDefault() is { ValueKind: JsonValueKind.Object } next) { picture = picture.After(next); }

        return picture;
    }

    [JsonIgnore]
    public string Text => JsonSerializer.Serialize(this);

    public override string ToString() => Text;

    public CallPicture After(JsonElement message)
    {
        var data = message.GetProperty("data");
        var next = message.GetProperty("type").GetString() switch
        {
            "participant_joined" => this with { Sessions = Sessions.SetItem(Id(data.GetProperty("session")), SeatPicture.Of(data.GetProperty("session"))) },
            "participant_left" => this with { Sessions = Sessions.Remove(Id(data)) },
            "participant_disconnected" => With(data, seat => seat with { Connection = "disconnected" }),
            "participant_reconnected" => With(data, seat => seat with { Connection = data.GetProperty("connection").GetString()! }),
            "muted" => With(data, seat => seat with { Muted = true }),
            "unmuted" => With(data, seat => seat with { Muted = false }),
            "hand_raised" => With(data, seat => seat with { RaisedAt = data.GetProperty("raisedAt").GetDateTimeOffset() }),
            "hand_lowered" => With(data, seat => seat with { RaisedAt = null }),
            "host_changed" => this with { Host = data.GetProperty("userId").GetString()!, HostLocked = data.GetProperty("locked").GetBoolean() },
            "screen_started" => this with { Screen = Id(data) },
            "screen_stopped" => this with { Screen = null },
            "call_ended" => this with { Ended = true },
            _ => this,
        };
        return next with { Seq = Seq + 1 };
    }

    private CallPicture With(JsonElement data, Func<SeatPicture, SeatPicture> change) =>
        Sessions.TryGetValue(Id(data), out var seat) ? this with { Sessions = Sessions.SetItem(Id(data), change(seat)) } : this;

    private static string Id(JsonElement element) => element.GetProperty("sessionId").GetString()!;
}

/// <summary>One session of a picture.</summary>
internal sealed record SeatPicture(string User, bool Muted, DateTimeOffset? RaisedAt, string Connection)
{
    public static SeatPicture Of(JsonElement session) => new(
        session.GetProperty("userId").GetString()!,
        session.GetProperty("muted").GetBoolean(),
        session.GetProperty("raisedAt") is { ValueKind: JsonValueKind.String } raised ? raised.GetDateTimeOffset() : null,
        session.GetProperty("connection").GetString()!);
}
