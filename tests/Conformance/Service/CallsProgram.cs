using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Calls.Support;

namespace Calls.Conformance.Service;

/// <summary>
/// The built program as a process of its own, with its own ports and data. <c>CALLS_PROGRAM</c> names another build of it, or a script
/// that starts one with what it is given; <c>CALLS_PROGRAM_ARGUMENTS</c> is what is to be added, for instance a database.
/// </summary>
internal sealed class CallsProgram : CallsService
{
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<string> _arguments;
    private readonly string _data;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private CallsProgram(Uri address, string data, IReadOnlyList<string> arguments)
        : base(address)
    {
        _data = data;
        _arguments = arguments;
    }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get { lock (_output) { return _output.ToString(); } }
    }

    /// <param name="settings">Options without their dashes; <c>{address}</c> stands for where this program shall listen.</param>
    public static async Task<CallsProgram> Start(IReadOnlyDictionary<string, string>? settings = null)
    {
        var data = Directory.CreateTempSubdirectory("calls-conformance-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort(SocketType.Stream, ProtocolType.Tcp)}");
        var given = (Environment.GetEnvironmentVariable("CALLS_PROGRAM_ARGUMENTS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var program = new CallsProgram(address, data,
        [
            $"--listen={address.AbsoluteUri.TrimEnd('/')}", $"--data={data}", "--workspace:seed=demo", "--telemetry:metricslisten=",
            $"--media:port={FreePort(SocketType.Dgram, ProtocolType.Udp)}", "--media:addresses=127.0.0.1", "--media:warmup=0",
            .. given, .. (settings ?? new Dictionary<string, string>()).Select(setting => $"--{setting.Key}={setting.Value.Replace("{address}", address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)}"),
        ]);
        try
        {
            await program.Run();
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>As a power cut would.</summary>
    public async Task Kill()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>It is there, and does nothing, until <see cref="Thaw"/>.</summary>
    public Task Freeze() => Signal("-STOP");

    public Task Thaw() => Signal("-CONT");

    /// <summary>Starts, or starts again with the same settings and data; returns when it is ready to serve.</summary>
    public async Task Run()
    {
        var built = Built();
        var isDll = built.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isDll ? "dotnet" : built, isDll ? [built, .. _arguments] : _arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _data,
        };
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process?.Dispose();
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{built} did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await Eventually.Sees(
                "the program to be ready", async () => _process.HasExited ? "ended" : await Ready(), seen => seen is "ready" or "ended", s_startPatience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} It printed:\n{Output}", late);
        }

        if (_process.HasExited) { throw new InvalidOperationException($"The program ended:\n{Output}"); }
    }

    /// <summary>Ends the process without waiting for its end.</summary>
    public void End()
    {
        if (_process is { HasExited: false }) { _process.Kill(entireProcessTree: true); }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        End();

        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
        if (Directory.Exists(_data)) { Directory.Delete(_data, recursive: true); }
    }

    private static string Built()
    {
        if (Environment.GetEnvironmentVariable("CALLS_PROGRAM") is { Length: > 0 } given) { return given; }

        // …/artifacts/bin/Conformance/<configuration>/ → …/artifacts/bin/Silo/<configuration>/calls.dll
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var built = Path.Combine(own.Parent!.Parent!.FullName, "Silo", own.Name, "calls.dll");
        return File.Exists(built) ? built : throw new InvalidOperationException($"{built} is not there; build src/Silo, or set CALLS_PROGRAM.");
    }

    private static int FreePort(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [name, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<string> Ready()
    {
        using var answer = await Http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.IsSuccessStatusCode ? "ready" : answer.StatusCode.ToString();
    }

    private void Keep(string? line)
    {
        lock (_output) { _output.AppendLine(line); }
    }
}
