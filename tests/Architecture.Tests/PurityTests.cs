using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Calls.Architecture.Tests;

/// <summary>What banned symbols cannot see: keywords, and types that stand only in signatures.</summary>
public partial class PurityTests
{
    private static readonly string[] ForbiddenNames =
        ["Task", "ValueTask", "ILogger", "TimeProvider", "IGrainFactory", "Socket", "HttpClient"];

    [Fact]
    public void Pure_code_waits_for_nothing_and_locks_nothing() =>
        PureFiles().SelectMany(file => Repository.Parse(file).DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.AsyncKeyword) || token.IsKind(SyntaxKind.AwaitKeyword) || token.IsKind(SyntaxKind.LockKeyword))
                .Select(token => $"{file}:{token.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {token.Text}"))
            .MustBeNone("Pure code gets its input as arguments:");

    [Fact]
    public void Pure_code_names_no_task_logger_clock_or_factory() =>
        PureFiles().SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => ForbiddenNames.Contains(name.Identifier.Text))
                .Select(name => $"{file}:{Repository.Line(name)} {name.Identifier.Text}"))
            .MustBeNone("Pure code must not name these:");

    [Fact]
    public void The_rules_of_the_control_plane_are_among_the_pure_files() =>
        Assert.Contains(PureFiles(), file => file.EndsWith("CallTransitions.cs", StringComparison.Ordinal));

    private static IEnumerable<string> PureFiles() =>
        Repository.CSharp("src/Media").Concat(Repository.CSharp("src/Grains", "src/Gateway").Where(file => Rule().IsMatch(file)));

    [GeneratedRegex(@"/(\w*(Transitions|State|Effect|Outcome)|CallReconciliation|NodePlacement|NodeLiveness|ActionBudget|SlashCommandParser|TurnCredentials)\.cs$")]
    private static partial Regex Rule();
}
