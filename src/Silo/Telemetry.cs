using System.Security.Cryptography;
using System.Text;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Calls.Silo;

/// <summary>Traces, metrics and logs: OTLP where the standard variables say so, Prometheus text at <c>/metrics</c>.</summary>
internal static class Telemetry
{
    public static void AddCallsTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });

        // A line per request is noise, and would name the hub's access_token. Errors still show.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

        // /readyz itself says that the program is not ready yet; a line per question is noise.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);

        // A start that fails is told in one line, or as a crash, by Program; the host would add its stack trace to either.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => Startup.IsDone || level < LogLevel.Error);

        // The exporter reads the other OTEL_EXPORTER_OTLP_… variables itself; without an endpoint nothing leaves the machine.
        var exports = builder.Configuration.AsEnumerable().Any(setting =>
            setting.Key.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal)
            && setting.Key.EndsWith("ENDPOINT", StringComparison.Ordinal) && !string.IsNullOrEmpty(setting.Value));

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("calls"))
            .WithTracing(traces => traces
                .AddSource("Calls.*", "Microsoft.Orleans.Application")
                .AddAspNetCoreInstrumentation(aspNet => aspNet.Filter = IsWorthATrace)
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter("Calls.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (exports)
        {
            telemetry.WithTracing(traces => traces.AddOtlpExporter());
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
            builder.Logging.AddOpenTelemetry(logs => logs.AddOtlpExporter());
        }
    }

    /// <summary>Serves <c>/metrics</c> alone on its own address, and with the token, if there is one, on the main address too.</summary>
    public static void UseCallsMetrics(this WebApplication app, Roles roles)
    {
        var ownPort = Addresses.Metrics(roles, app.Configuration)?.Port;
        var token = app.Configuration["Calls:Telemetry:MetricsToken"] is { Length: > 0 } given ? Encoding.UTF8.GetBytes("Bearer " + given) : null;

        app.MapWhen(
            context => context.Connection.LocalPort == ownPort && ownPort is not null,
            metricsOnly => metricsOnly.UseOpenTelemetryPrometheusScrapingEndpoint());

        // The exporter answers below its path as well.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/metrics"), guarded => guarded.Use(async (context, next) =>
        {
            var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
            if (token is null || !CryptographicOperations.FixedTimeEquals(shown, token))
            {
                context.Response.StatusCode = token is null ? StatusCodes.Status404NotFound : StatusCodes.Status401Unauthorized;
                return;
            }

            await next(context);
        }));
        app.UseOpenTelemetryPrometheusScrapingEndpoint();
    }

    // A hub connection is one request of hours; its commands are traced one by one.
    private static bool IsWorthATrace(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
