using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Workspace;
using Calls.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Admin;

/// <summary>Administration: only for system administrators.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("admin").AddEndpointFilter(OnlyAdmins);
        admin.MapAdminConfig();
        admin.MapGet("audit", ReadAudit);
        admin.MapAdminNodes();
        admin.MapGet("stats", ReadStatistics);
        admin.MapAdminUsers();
    }

    private static ValueTask<object?> OnlyAdmins(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        CurrentUser.Of(context.HttpContext) is { IsAdmin: true }
            ? next(context)
            : new ValueTask<object?>(Problems.Of(Refusal.Forbidden, "Only administrators may do this."));

    private static async Task<IResult> ReadAudit([AsParameters] PageQuery query, IRecords records, CancellationToken cancellation)
    {
        var page = query.Read();
        return page.IsAccepted ? Results.Ok(await records.Audit(page.Value!, cancellation)) : Problems.Of(page.Plain);
    }

    private static async Task<IResult> ReadStatistics(
        IGrainFactory grains, IRecords records, IOptions<GatewayOptions> options, TimeProvider time, CancellationToken cancellation)
    {
        var reports = await AdminNodesApi.Reports(grains, options);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var ended = CallStatistics.Of(await records.CountCalls(CallStatistics.From(today), cancellation), today);
        return Results.Ok(new StatisticsAnswer(
            reports.Sum(report => report.Load.Calls),
            reports.Sum(report => report.Load.Sessions),
            reports.Length,
            ended.Days,
            ended.Months,
            ended.AverageDurationMs,
            ended.AverageParticipants));
    }

    private sealed record StatisticsAnswer(
        int CallsNow,
        int SessionsNow,
        int MediaNodes,
        ImmutableArray<CallStatistics.Count> Days,
        ImmutableArray<CallStatistics.Count> Months,
        long? AverageDurationMs,
        double? AverageParticipants);
}
