using System.Net;
using System.Net.Http.Headers;
using Calls.Cluster.Tests.Fakes;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Whip;

/// <summary>A session without a connection outlives the gateway that made it; what it depends on still counts.</summary>
public sealed class WhipRestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calls-restart-").FullName;
    private readonly ScriptedNode _node = new();

    [Theory]
    [InlineData(false, "no_longer_member")]
    [InlineData(true, "signed_out")]
    public async Task S18_After_a_restart_a_lost_membership_or_sign_in_still_ends_it(bool signsOut, string reason)
    {
        string channel;
        Person earlier;
        using (var before = new Program(_folder, _node))
        {
            earlier = await Person.SignIn(before, "alice");
            channel = await earlier.NewChannel(await Person.SignIn(before, "bob"));
            var made = await earlier.Post(
                $"whip/{channel}", new StringContent("an offer") { Headers = { ContentType = new MediaTypeHeaderValue("application/sdp") } });
            Assert.Equal(HttpStatusCode.Created, made.Status);
        }

        using var after = new Program(_folder, _node);
        var bob = await Person.SignIn(after, "bob");
        await using var bobs = await bob.Connect();
        var joined = await bobs.Join(channel);
        Assert.Equal(2, joined.Value.GetProperty("call").GetProperty("sessions").GetArrayLength());

        using var http = after.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", earlier.Token);
        using var done = signsOut
            ? await http.PostAsync("/api/v1/sign-out", null)
            : await http.DeleteAsync($"/api/v1/channels/{channel}/members/{earlier.Id}");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);

        Assert.Equal(reason, (await bobs.Hears("participant_left")).GetProperty("reason").GetString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Program : CallsProgram
    {
        public Program(string folder, ScriptedNode node)
        {
            Settings = new Dictionary<string, string> { ["Data"] = folder };
            Node = node;
        }

        protected override IReadOnlyDictionary<string, string> Settings { get; }
    }
}
