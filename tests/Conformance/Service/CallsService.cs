using System.Collections.Concurrent;
using Calls.Conformance.Clients;

namespace Calls.Conformance.Service;

/// <summary>
/// The service under test, as its clients see it: an address and the sign-ins of the demo workspace. What it costs to sign in is paid once
/// per user.
/// </summary>
internal class CallsService(Uri address) : IDisposable
{
    private static readonly string s_password = Environment.GetEnvironmentVariable("CALLS_PASSWORD") is { Length: > 0 } given ? given : "calls-demo";

    private readonly ConcurrentDictionary<string, Lazy<Task<Person>>> _people = new();

    public Uri Address { get; } = address;

    public HttpClient Http { get; } = new() { BaseAddress = address };

    /// <summary>Somebody of the demo workspace, signed in: alice, bob, carol, dave, guest, admin.</summary>
    public Task<Person> As(string name) =>
        _people.GetOrAdd(name, _ => new Lazy<Task<Person>>(() => SignIn(name, s_password))).Value;

    /// <summary>A sign-in of its own, that may be revoked.</summary>
    public async Task<Person> SignIn(string name, string password)
    {
        var answer = await new Anonymous(this).Send("POST", "sign-in", new { username = name, password });
        return answer.Status == System.Net.HttpStatusCode.OK
            ? new Person(this, answer.Get("token"), answer.Body.GetProperty("user"))
            : throw new InvalidOperationException($"{name} cannot sign in at {Address}: {answer.Text}");
    }

    /// <summary>A user of this test alone, who may be deactivated or given another role.</summary>
    public async Task<Person> NewPerson(string role = "member")
    {
        var admin = await As("admin");
        var name = "u" + Guid.NewGuid().ToString("N")[..12];
        var made = await admin.Send("POST", "admin/users", new { username = name, password = "conformance-1", displayName = name, role });
        Assert.Equal(System.Net.HttpStatusCode.Created, made.Status);
        return await SignIn(name, "conformance-1");
    }

    /// <summary>As many users of this test alone.</summary>
    public async Task<Person[]> NewPeople(int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(_ => NewPerson()));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Http.Dispose();
}
