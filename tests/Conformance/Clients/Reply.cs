using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Calls.Conformance.Clients;

/// <summary>What REST answered.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    /// <summary>The code of a refusal; empty when it is none.</summary>
    public string Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString()! : "";

    public string Id => Get("id");

    public IReadOnlyList<JsonElement> Items => [.. Body.GetProperty("items").EnumerateArray()];

    public static async Task<Reply> Of(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Reply(
            response.StatusCode, isJson ? JsonSerializer.Deserialize<JsonElement>(text) : default, response.Headers, response.Content.Headers, text);
    }

    public string Get(string member) => Body.GetProperty(member).GetString()!;

    /// <summary>Asserts that it was done.</summary>
    public Reply IsDone()
    {
        Assert.True((int)Status is >= 200 and < 300, $"{Status}: {Text}");
        return this;
    }

    /// <summary>Asserts a refusal in its documented form.</summary>
    public void IsRefused(HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal((int)status, Body.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(Get("title")) || string.IsNullOrWhiteSpace(Get("detail")));
    }
}
