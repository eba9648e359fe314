using Calls.MediaClient;

namespace Calls.Conformance.Clients;

/// <summary>
/// Shows that somebody is not heard, without waiting for nothing: they send marked packets and a check whose answer says that those
/// packets were taken; then somebody else is heard, behind whom the marked ones would have come.
/// </summary>
internal static class Silence
{
    private const int Packets = 50; // a second of voice

    public static async Task IsKept(Seat rude, Seat listener, Seat fence, string mark)
    {
        var word = $"secret, {mark}";
        for (var i = 0; i < Packets; i++) { rude.Media.Say(word); }

        await rude.Media.Check();
        await IsBehind(listener, fence, mark);
        Assert.DoesNotContain(listener.Media.Heard, heard => heard.Word == word);
    }

    /// <summary>As <see cref="IsKept"/>, of a peer that the service no longer answers.</summary>
    public static async Task IsKeptByTheDead(MediaPeer rude, Seat listener, Seat fence, string mark)
    {
        var word = $"secret, {mark}";
        for (var i = 0; i < Packets; i++) { rude.Say(word); }

        rude.SendCheck();
        await IsBehind(listener, fence, mark);
        await IsBehind(listener, fence, mark + ", once more");
        Assert.DoesNotContain(listener.Media.Heard, heard => heard.Word == word);
    }

    private static Task IsBehind(Seat listener, Seat fence, string mark) => fence.Media.SayUntilHeard($"fence, {mark}", listener.Media);
}
