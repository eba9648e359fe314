using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests;

public sealed class PageTests(PageTests.Program program) : IClassFixture<PageTests.Program>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/channels/chan_aaaaaaaaaaaaaaaaaaaaaaaaaa?join_call=true")]
    public async Task S13_The_page_is_served_for_every_address_of_the_client_and_says_what_it_may_load(string path)
    {
        using var reply = await program.CreateClient().GetAsync(path);

        Assert.Equal("<p>the client</p>", await reply.Content.ReadAsStringAsync());
        var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' ws://localhost wss://localhost;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_the_page() =>
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await program.CreateClient().GetAsync("/assets/gone.js")).StatusCode);

    [Fact]
    public async Task The_API_is_described_for_other_clients()
    {
        var text = await program.CreateClient().GetStringAsync("/openapi/v1.json");
        Assert.Contains("/api/v1/channels/{id}/posts", text, StringComparison.Ordinal);
    }

    public sealed class Program : CallsProgram
    {
        private readonly DirectoryInfo _web = Directory.CreateTempSubdirectory("calls-page-");

        public Program() => File.WriteAllText(Path.Combine(_web.FullName, "index.html"), "<p>the client</p>");

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["WebRoot"] = _web.FullName };

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_web.FullName)) { _web.Delete(recursive: true); }
        }
    }
}
