using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Calls.Gateway.Tests.Silo;

/// <summary>The built program, when an address it shall listen at is taken.</summary>
public sealed class FailedStartTests
{
    [Theory]
    [InlineData("--listen", "--telemetry:metricslisten")]
    [InlineData("--telemetry:metricslisten", "--listen")]
    public async Task A_first_start_that_fails_tells_the_admin_s_password_and_the_option_that_is_in_the_way(string takenOption, string freeOption)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var folder = Directory.CreateTempSubdirectory("calls-start-").FullName;
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "calls.dll"), "--roles=silo,gateway", $"--data={folder}",
            $"{takenOption}=http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", $"{freeOption}=http://127.0.0.1:0",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var program = Process.Start(start)!;
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, program.ExitCode);
        Assert.Matches("The password of admin is [a-z2-9]{20} ", await output);
        Assert.Matches($"^calls: .*choose another address with {takenOption}\\.\\s*$", await errors);
    }
}
