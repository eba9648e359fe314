using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Gateway.Tests.Host;

/// <summary>Somebody who is signed in: REST, and as many devices as they like. Speaks plain JSON, as any client would.</summary>
internal sealed class Person
{
    private readonly WebApplicationFactory<Program> _program;

    private Person(WebApplicationFactory<Program> program, HttpClient http, string token, JsonElement user)
    {
        _program = program;
        Http = http;
        Token = token;
        User = user;
    }

    public HttpClient Http { get; }

    public string Token { get; }

    public JsonElement User { get; }

    public string Id => User.GetProperty("id").GetString()!;

    public static async Task<Person> SignIn(WebApplicationFactory<Program> program, string name, string password = "calls-demo")
    {
        var http = program.CreateClient();
        var answer = await http.PostAsJsonAsync("/api/v1/sign-in", new { username = name, password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var token = body.GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Person(program, http, token, body.GetProperty("user"));
    }

    /// <summary>A request; its status and body, whatever they are.</summary>
    public async Task<Reply> Send(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + path);
        if (body is not null) { request.Content = body as HttpContent ?? JsonContent.Create(body); }

        using var response = await Http.SendAsync(request);
        return await Reply.Of(response);
    }

    public Task<Reply> Get(string path) => Send("GET", path);

    public Task<Reply> Post(string path, object? body = null) => Send("POST", path, body);

    /// <summary>The id of one of my channels.</summary>
    public async Task<string> Channel(string name) =>
        (await Get("channels?limit=200")).Body.GetProperty("items").EnumerateArray()
        .First(channel => channel.GetProperty("name").GetString() == name || channel.GetProperty("displayName").GetString() == name)
        .GetProperty("id").GetString()!;

    /// <summary>A new private channel with these members.</summary>
    public async Task<string> NewChannel(params Person[] members)
    {
        var made = await Post("channels", new
        {
            kind = "private",
            name = "test-" + Guid.NewGuid().ToString("N"),
            members = members.Select(member => member.Id),
        });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Body.GetProperty("id").GetString()!;
    }

    /// <summary>A device with an open hub connection.</summary>
    public async Task<TestDevice> Connect()
    {
        var server = _program.Server;
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server.BaseAddress, "/hubs/calls"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
                options.WebSocketFactory = async (context, cancellation) =>
                {
                    var address = new UriBuilder(context.Uri) { Query = "access_token=" + Token };
                    return await server.CreateWebSocketClient().ConnectAsync(address.Uri, cancellation);
                };
            })
            .Build();
        var device = new TestDevice(hub);
        await hub.StartAsync();

        // The handshake is answered before the gateway listens for the user's channels; the first command is not.
        await device.Call("Sync", new { callId = "call_aaaaaaaaaaaaaaaaaaaaaaaaaa" });
        return device;
    }
}

/// <summary>What REST answered.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    /// <summary>The code of a refusal; empty when it is none.</summary>
    public string Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString()! : "";

    public static async Task<Reply> Of(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Reply(
            response.StatusCode, isJson ? JsonSerializer.Deserialize<JsonElement>(text) : default, response.Headers, response.Content.Headers, text);
    }

    public string Get(string member) => Body.GetProperty(member).GetString()!;

    /// <summary>Asserts a refusal.</summary>
    public void IsRefused(HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.False(string.IsNullOrWhiteSpace(Get("detail")));
    }
}
