using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Calls.Benchmarks.Joins;

/// <summary>What the benchmark needs of REST, for one who is signed in.</summary>
internal sealed class Rest : IDisposable
{
    private readonly HttpClient _http;

    private Rest(Uri server) => _http = new HttpClient { BaseAddress = new Uri(server, "/api/v1/") };

    public string Token { get; private set; } = "";

    public string UserId { get; private set; } = "";

    public static async Task<Rest> SignIn(Uri server, string username, string password)
    {
        var rest = new Rest(server);
        var answer = await rest.Post("sign-in", new { username, password });
        rest.Token = answer.GetProperty("token").GetString()!;
        rest.UserId = answer.GetProperty("user").GetProperty("id").GetString()!;
        rest._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", rest.Token);
        return rest;
    }

    /// <summary>The id of what was made.</summary>
    public async Task<string> Make(string path, object body) => (await Post(path, body)).GetProperty("id").GetString()!;

    public async Task<JsonElement> Read(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> Post(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
