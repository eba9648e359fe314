namespace Calls.Conformance.Coverage;

/// <summary>Where a row of the behaviour's tables is shown.</summary>
internal enum Shown
{
    /// <summary>By a test of this suite.</summary>
    Here,

    /// <summary>By a browser: a story in <c>tests/EndToEnd/stories</c> that cites the row.</summary>
    InBrowsers,

    /// <summary>By a page that a person reads, which has to say certain words.</summary>
    OnPage,

    /// <summary>Not built yet, or shown nowhere yet; docs/FEATURES.md says which.</summary>
    NotYet,
}

/// <summary>One row: its id, what it is about in few words, and where it is shown.</summary>
/// <param name="File">The story, or the page.</param>
/// <param name="Words">What the page says.</param>
internal sealed record Row(string Id, string About, Shown Shown, string? File = null, string? Words = null);

/// <summary>Every row there is. What is promised by now and has no test fails the suite.</summary>
internal static class Rows
{
    /// <summary>Rows S… and D… of the requirements and decisions.</summary>
    public static IReadOnlyList<Row> Requirements { get; } =
    [
        Here("S1", "one call in a channel"),
        Here("S2", "one protocol for every client"),
        Here("S3", "the rest of the workspace goes on during a call"),
        Here("S4", "1:1 and group calls without a licence"),
        Here("S5", "host controls without a licence"),
        Later("S6", "recording and captions without a licence"),
        Later("S7", "several media nodes, a thousand sessions"),
        Here("S8", "who may start calls"),
        Browsers("S9", "the widget stays across pages", "looks.test.ts"),
        Browsers("S10", "a reload resumes", "devices-and-links.test.ts"),
        Here("S-ch", "calls on and off in a channel"),
        Browsers("S11", "ways into a call", "two-people-talk.test.ts"),
        Here("S12", "who may start and join"),
        Here("S13", "the call link"),
        Here("S14", "the link of an archived channel"),
        Here("S15", "the link of what one may not see"),
        Here("S16", "un-archived works again"),
        Here("S17", "guests"),
        Here("S18", "signed out, deactivated"),
        Here("S19", "several devices of one user"),
        Here("S20", "each device its own state"),
        Here("S21", "controls aim at a session, the chair at a user"),
        Later("S22", "ringing in direct channels"),
        Later("S23", "ringing in groups"),
        Later("S24", "ringing shown on every device"),
        Here("S25", "why a start is not possible"),
        Here("S26", "the starter is host"),
        Here("S27", "public and private: muted"),
        Here("S28", "direct and group: unmuted"),
        Browsers("S29", "the widget is dragged and keeps its place", "meeting-tools.test.ts"),
        Here("S30", "/call start with a title"),
        Here("S31", "/call start in a thread"),
        Browsers("S32", "output device", "devices-come-and-go.test.ts"),
        Later("S33", "small screens"),
        Here("S34", "host controls are the host's"),
        Here("S35", "and the administrators'"),
        Browsers("S36", "menus of the host", "expanded.test.ts"),
        Here("S37", "make host"),
        Here("S38", "the chair that waits for its owner"),
        Here("S39", "the former host has no say"),
        Here("S40", "remove"),
        Here("S41", "remove and block"),
        Here("S42", "ask to unmute"),
        Here("S43", "mute one"),
        Here("S44", "mute all others"),
        Here("S45", "lower a hand"),
        Here("S46", "stop a share"),
        Here("S47", "end for everyone"),
        Here("S48", "reactions"),
        Browsers("S49", "frequent emoji and the full picker", "host-controls.test.ts"),
        Here("S48h", "raised hands"),
        Here("S50", "the call's post and thread"),
        Browsers("S51", "the thread opens from the widget", "meeting-tools.test.ts"),
        Browsers("S52", "its badge of what is unread", "meeting-tools.test.ts"),
        .. Enumerable.Range(53, 5).Select(number => Later($"S{number}", "recording")),
        .. Enumerable.Range(58, 5).Select(number => Later($"S{number}", "recordings in the thread")),
        .. Enumerable.Range(63, 3).Select(number => Later($"S{number}", "captions")),
        .. Enumerable.Range(66, 4).Select(number => Later($"S{number}", "transcripts")),
        Later("S70", "ring tones"),
        Later("S71", "ring tone per user, ringing off for all"),
        Later("S72", "screen and video media"),
        Here("S73", "membership is the access"),
        Here("S74", "DTLS-SRTP only"),
        Here("S75", "re-encrypted for every receiver"),
        Here("S76", "no third party by default"),
        Here("S77", "STUN and TURN servers by configuration"),
        Here("S78", "advertised addresses by configuration"),
        Browsers("S79", "microphone and speaker are chosen and remembered", "devices-come-and-go.test.ts"),
        Browsers("S80", "a lost device falls back and returns", "devices-come-and-go.test.ts"),
        Here("S81", "media that does not connect"),
        Here("S82", "one port for all media"),
        Browsers("S83", "the console says rtc connected", "finding-out.test.ts"),
        Browsers("S84", "the page about troubles", "finding-out.test.ts"),
        Page("S85", "no audio", "TROUBLESHOOTING.md", "Nobody hears me"),
        Page("S86", "drops after a few seconds", "TROUBLESHOOTING.md", "drops after a few seconds"),
        Page("S87", "console logs per browser", "TROUBLESHOOTING.md", "The browser's console"),
        Browsers("S88", "/call stats", "finding-out.test.ts"),
        Browsers("S89", "for the asker, during and after", "finding-out.test.ts"),
        Here("S90", "/call logs"),
        Page("S91", "webrtc-internals", "TROUBLESHOOTING.md", "webrtc-internals"),
        Page("S92", "what to put in a report", "TROUBLESHOOTING.md", "What to put in a report"),
        Browsers("S-tls", "https, or why there is no microphone", "insecure-page.test.ts"),
        Here("D1", "no licence gates"),
        Here("D2", "ask to unmute is there"),
        Here("D3", "mute all spares the asker"),
        Here("D4", "enforced by the server"),
        Here("D5", "every command is answered"),
        Here("D6", "call_ended at every end"),
        Later("D7", "ringing is on by default"),
        Later("D8", "administrators may record"),
        Here("D9", "limits count sessions"),
        Here("D10", "rate limits"),
        Here("D11", "grace after a lost connection"),
        Here("D12", "media lost"),
        Here("D13", "TURN credentials"),
        Later("D14", "dismissing a ring"),
        Here("D15", "sign-in and membership checked again"),
        Here("D16", "the last one ends the call; being alone"),
        Later("D17", "waiting room, co-hosts: nothing makes them impossible"),
    ];

    /// <summary>Sections of the behaviour that have no row ids of their own.</summary>
    public static IReadOnlyList<Row> Sections { get; } =
    [
        Here("3.1", "the life of a call"),
        Here("3.2", "succession"),
        Here("3.3", "the life of a session"),
        Here("4", "forms: ids, lists, repeats"),
        Here("4.1", "every hub method"),
        Here("4.2", "events and their order"),
        Here("4.3", "every route"),
        Here("5", "slash commands"),
        Here("Move", "a call goes on at another device"),
        Here("crossings", "commands that cross have one outcome"),
        Here("recovery", "kill -9 in the middle of a call"),
        Here("audit", "who did what to whom"),
    ];

    /// <summary>Codes of refusals: each one is reached.</summary>
    public static IReadOnlyList<Row> Codes { get; } =
    [
        .. new[]
        {
            "invalid", "unauthenticated", "forbidden", "not_a_member", "calls_disabled", "calls_test_mode", "not_your_session",
            "not_found", "no_call", "session_gone", "call_full", "not_in_call", "resume_lost", "channel_archived", "user_deactivated",
            "media_moved", "too_large", "unsupported_media", "sdp_rejected", "rate_limited", "no_media_node",
        }.Select(code => Here(code, "refusal")),
        Later("already_live", "said by /call start in words"),
        Here("blocked", "refusal"),
        Later("screen_disabled", "refusal"),
        Here("screen_taken", "refusal"),
        Later("recording_running", "refusal"),
        Later("not_recording", "refusal"),
        Here("unavailable", "refusal"),
    ];

    public static IEnumerable<Row> All => [.. Requirements, .. Sections, .. Codes];

    private static Row Here(string id, string about) => new(id, about, Shown.Here);

    private static Row Browsers(string id, string about, string story) => new(id, about, Shown.InBrowsers, "tests/EndToEnd/stories/" + story);

    private static Row Page(string id, string about, string page, string words) => new(id, about, Shown.OnPage, "docs/" + page, words);

    private static Row Later(string id, string about) => new(id, about, Shown.NotYet);
}
