using Calls.TestHost;

namespace Calls.Orleans.Embedded.Tests;

/// <summary>One host for the tests of a class; each test uses grain keys of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private GrainTestHost? _host;

    public IGrainFactory Grains => _host!.Grains;

    public GrainTestHost Host => _host!;

    public async Task InitializeAsync() => _host = await GrainTestHost.Start();

    public async Task DisposeAsync() => await _host!.DisposeAsync();
}
