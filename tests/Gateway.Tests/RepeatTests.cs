using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Calls.Gateway.Tests.Host;

namespace Calls.Gateway.Tests;

/// <summary>What is made once and asked for again under the same <c>Idempotency-Key</c> is there once.</summary>
public sealed class RepeatTests(CallsProgram program) : IClassFixture<CallsProgram>
{
    [Theory]
    [InlineData("admin/users", "id")]
    [InlineData("files", "id")]
    [InlineData("logs", "postId")]
    public async Task A_repeat_is_answered_with_what_was_made_and_another_user_has_keys_of_their_own(string path, string id)
    {
        var (admin, alice) = (await Person.SignIn(program, "admin"), await Person.SignIn(program, "alice"));

        var first = await Make(admin, path, "key-1");
        var again = await Make(admin, path, "key-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Get(id), again.Get(id));
        var other = await Make(alice, path, "key-1");
        Assert.True(other.Status is HttpStatusCode.Forbidden || other.Get(id) != first.Get(id), other.Text);
    }

    private static async Task<Reply> Make(Person who, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = path switch
        {
            "files" => new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "once.bin" } },
            "logs" => new StringContent("rtc connected", Encoding.UTF8, new MediaTypeHeaderValue("text/plain")),
            _ => JsonContent.Create(new { username = "made-once", password = "password-1" }),
        };
        using var response = await who.Http.SendAsync(request);
        return await Reply.Of(response);
    }
}
