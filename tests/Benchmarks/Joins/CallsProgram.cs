using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Calls.Support;

namespace Calls.Benchmarks.Joins;

/// <summary>The program under test: the real one, as its own process, with its own ports and a data folder that is deleted afterwards.</summary>
internal sealed class CallsProgram : IAsyncDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, which Linux never changes for those who look from outside
    private const int UserTimeField = 11;      // of /proc/<pid>/stat, counted from behind the name; system time follows
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _data;
    private readonly StringBuilder _output = new();

    private CallsProgram(Process process, Uri address, string data)
    {
        _process = process;
        _data = data;
        Address = address;
    }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get { lock (_output) { return _output.ToString(); } }
    }

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(") ", 2)[1].Split(' ');
            var ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture)
                + long.Parse(fields[UserTimeField + 1], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    /// <summary>Memory it has now.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<CallsProgram> Start(string dll, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var data = Directory.CreateTempSubdirectory("calls-joins-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort(SocketType.Stream, ProtocolType.Tcp)}");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        };
        string[] own =
        [
            dll, $"--listen={address}", $"--data={data}", $"--media:port={FreePort(SocketType.Dgram, ProtocolType.Udp)}",
            "--media:addresses=127.0.0.1", "--workspace:seed=demo", "--telemetry:metricslisten=",
        ];
        foreach (var argument in own) { start.ArgumentList.Add(argument); }

        foreach (var (name, value) in environment) { start.Environment[name] = value; }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var program = new CallsProgram(process, address, data);
        process.OutputDataReceived += (_, line) => program.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => program.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        try
        {
            await Eventually.Sees(
                "the program to be ready",
                async () => process.HasExited ? "ended" : await Ready(http, address),
                seen => seen is "ready" or "ended",
                s_startPatience);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }

        return process.HasExited ? throw new InvalidOperationException($"The program ended:\n{program.Output}") : program;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { _process.Kill(); }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<string> Ready(HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(new Uri(address, "/readyz"));
        return answer.IsSuccessStatusCode ? "ready" : answer.StatusCode.ToString();
    }

    private static int FreePort(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Keep(string? line)
    {
        lock (_output) { _output.AppendLine(line); }
    }
}
