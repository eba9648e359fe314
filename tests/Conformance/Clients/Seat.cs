using System.Text.Json;
using Calls.MediaClient;
using Calls.Support;

namespace Calls.Conformance.Clients;

/// <summary>A session: one device of somebody in a call, with its peer connection if it has one.</summary>
internal sealed class Seat(Device device, JsonElement joined) : IAsyncDisposable
{
    private readonly List<JsonElement> _earlier = [];
    private JsonElement _snapshot = joined.GetProperty("call");
    private MediaPeer? _media;

    public Device Device { get; private set; } = device;

    public Person Person => Device.Person;

    public string Session { get; } = joined.GetProperty("sessionId").GetString()!;

    public string Call { get; } = joined.GetProperty("call").GetProperty("id").GetString()!;

    public string ResumeToken { get; private set; } = joined.GetProperty("resumeToken").GetString()!;

    public bool StartedMuted { get; } = joined.GetProperty("muted").GetBoolean();

    public JsonElement Joined { get; } = joined;

    public MediaPeer Media => _media ?? throw new InvalidOperationException("This session has no media.");

    /// <summary>What this client knows of the call: the snapshot it was given, and what it was told since.</summary>
    public CallPicture Picture => CallPicture.Of(_snapshot, [.. _earlier, .. Device.Events.Where(IsOfMyCall)]);

    public object Self => new { sessionId = Session };

    public Task<JsonElement> Do(string method) => Device.Done(method, Self);

    public Task<string> Refused(string method) => Device.Refused(method, Self);

    /// <summary>Waits for an event of this call and returns its data.</summary>
    public Task<JsonElement> Hears(string type, Func<JsonElement, bool>? which = null, TimeSpan? within = null) =>
        Device.HearsOf(Call, type, which, within);

    public async Task<JsonElement> Sync() => (await Device.Done("Sync", new { callId = Call })).GetProperty("call");

    /// <summary>Offers, connects, and takes the peer for this session's.</summary>
    public async Task<JsonElement> OpenMedia(int generation = 1, int number = 1)
    {
        var peer = new MediaPeer();
        var offer = new { sessionId = Session, sdp = peer.Offer(), generation, number };

        // A node that is busy is asked again with the same offer, as the protocol says.
        await Eventually.Sees("an offer that is taken", () => Device.Outcome("Offer", offer), outcome => outcome is not ("unavailable" or "no_media_node"));
        var answer = await Device.Done("Offer", offer);
        await peer.Connect(answer.GetProperty("sdp").GetString()!);
        var former = _media;
        _media = peer;
        if (former is not null) { await former.DisposeAsync(); }

        return answer;
    }

    /// <summary>Comes back on another connection, and returns what that answered.</summary>
    public async Task<JsonElement> Resume(Device device, long? lastSeq = null)
    {
        var seq = lastSeq ?? Picture.Seq;
        var resumed = await device.Done("Resume", new { sessionId = Session, resumeToken = ResumeToken, lastSeq = seq });
        GoOn(device, resumed);
        return resumed;
    }

    /// <summary>Goes on at a connection, by what it was answered.</summary>
    public void GoOn(Device device, JsonElement resumed)
    {
        _earlier.AddRange(Device.Events.Where(IsOfMyCall));
        if (resumed.GetProperty("call") is { ValueKind: JsonValueKind.Object } snapshot)
        {
            _snapshot = snapshot;
            _earlier.Clear();
        }
        else
        {
            _earlier.AddRange(resumed.GetProperty("events").EnumerateArray());
        }

        Device = device;
        ResumeToken = resumed.GetProperty("resumeToken").GetString()!;
    }

    /// <summary>Waits until everything up to a number has come, without a gap.</summary>
    public Task KnowsUpTo(long seq) => Eventually.Sees($"{Person.Name} to know all up to {seq}", () => Picture, picture => picture.Seq >= seq);

    public async ValueTask DisposeAsync()
    {
        if (_media is not null) { await _media.DisposeAsync(); }

        await Device.DisposeAsync();
    }

    private bool IsOfMyCall(JsonElement message) => message.GetProperty("callId").GetString() == Call;
}
