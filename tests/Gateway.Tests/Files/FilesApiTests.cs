using System.Net;
using System.Net.Http.Headers;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests.Files;

public sealed class FilesApiTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Fact]
    public async Task A_file_of_a_post_is_read_in_parts_by_members_and_by_cookie()
    {
        var (alice, bob, dave) = (await Person.SignIn(program, "alice"), await Person.SignIn(program, "bob"), await Person.SignIn(program, "dave"));
        var channel = await alice.NewChannel(bob);
        var file = (await alice.Post("files", Form("a.png", "image/png", [1, 2, 3, 4]))).Get("id");
        (await bob.Get($"files/{file}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        await alice.Post($"channels/{channel}/posts", new { text = "", files = new[] { file } });

        bob.Http.DefaultRequestHeaders.Range = new RangeHeaderValue(1, 2);
        var part = await bob.Http.GetAsync($"/api/v1/files/{file}");
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal([2, 3], await part.Content.ReadAsByteArrayAsync());
        (await dave.Get($"files/{file}")).IsRefused(HttpStatusCode.NotFound, "not_found");

        using var byCookie = program.CreateDefaultClient();
        byCookie.DefaultRequestHeaders.Add("Cookie", "calls_files=" + alice.Token);
        Assert.Equal(HttpStatusCode.OK, (await byCookie.GetAsync($"/api/v1/files/{file}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await byCookie.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await byCookie.PostAsync("/api/v1/files", null)).StatusCode);
    }

    [Fact]
    public async Task A_page_in_disguise_is_only_ever_downloaded()
    {
        var alice = await Person.SignIn(program, "alice");
        var file = (await alice.Post("files", Form("evil.html", "text/html", "<script>alert(1)</script>"u8.ToArray()))).Get("id");

        var reply = await alice.Http.GetAsync($"/api/v1/files/{file}");

        Assert.Equal("application/octet-stream", reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", reply.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_no_form_is_refused()
    {
        var alice = await Person.SignIn(program, "alice");
        (await alice.Post("files", Form("big", "application/zip", new byte[100_001]))).IsRefused(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await alice.Post("files", new { })).IsRefused(HttpStatusCode.UnsupportedMediaType, "unsupported_media");
        (await alice.Post("files", new MultipartFormDataContent("x") { { new StringContent("a"), "b" } })).IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    private static MultipartFormDataContent Form(string name, string type, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new MultipartFormDataContent { { content, "file", name } };
    }
}
