using System.Net;
using System.Net.Http.Headers;
using Calls.Gateway.Tests.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests;

/// <summary>What holds for the program whatever is asked of it.</summary>
public sealed class ProgramTests(ProgramTests.Program program) : IClassFixture<ProgramTests.Program>
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics/")]
    [InlineData("/metrics/x")]
    [InlineData("/METRICS/x")]
    public async Task Metrics_are_told_where_everybody_asks_only_with_the_token(string path)
    {
        using var http = program.CreateClient();
        using var refused = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Program.MetricsToken);
        using var told = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
    }

    [Fact]
    public void A_file_of_settings_that_is_changed_strikes_no_running_program()
    {
        var files = ((IConfigurationRoot)program.Services.GetRequiredService<IConfiguration>()).Providers
            .OfType<FileConfigurationProvider>().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange, $"{file.Source.Path} is watched"));
    }

    public sealed class Program : CallsProgram
    {
        public const string MetricsToken = "shown-by-the-collector";

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Telemetry:MetricsToken"] = MetricsToken,
        };
    }
}
