using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Calls.Architecture.Tests;

public class SizeTests
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 70;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Repository.AllFiles
            .Where(file => Path.GetExtension(file) is ".cs" or ".ts" or ".tsx" && !Repository.IsGenerated(file))
            .Select(file => (file, lines: Repository.Read(file).Count(character => character == '\n')))
            .Where(found => found.lines > FileLinesMax)
            .Select(found => $"{found.file}: {found.lines}")
            .MustBeNone("One concept each, please:");

    [Fact]
    public void No_type_hides_its_length_behind_partials() =>
        Repository.CSharp("src").Where(file => !Repository.IsGenerated(file) && !file.EndsWith(".Log.cs", StringComparison.Ordinal))
            .SelectMany(file => Repository.Parse(file).DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Where(type => type.Modifiers.Any(modifier => modifier.Text == "partial") && type.Parent is not TypeDeclarationSyntax)
                .Select(type => (key: $"{Path.GetDirectoryName(file)}/{type.Identifier.Text}", lines: Lines(type))))
            .GroupBy(part => part.key)
            .Where(type => type.Sum(part => part.lines) > FileLinesMax)
            .Select(type => $"{type.Key}: {type.Sum(part => part.lines)}")
            .MustBeNone("A type counts across its partials:");

    [Fact]
    public void No_method_is_longer_than_70_lines() =>
        Repository.CSharp("src", "tests").Where(file => !Repository.IsGenerated(file))
            .SelectMany(file => Repository.Parse(file).DescendantNodes()
                .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax && Lines(node) > MethodLinesMax)
                .Select(method => $"{file}:{Repository.Line(method)}: {Lines(method)} lines"))
            .MustBeNone("One thought each, please:");

    private static int Lines(Microsoft.CodeAnalysis.SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
