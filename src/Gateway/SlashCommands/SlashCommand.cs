namespace Calls.Gateway.SlashCommands;

/// <summary>What somebody typed. A closed hierarchy.</summary>
internal abstract record SlashCommand
{
    private SlashCommand() { }

    internal sealed record Start(string? Title) : SlashCommand;

    internal sealed record Join(string? Title) : SlashCommand;

    internal sealed record Leave : SlashCommand;

    internal sealed record Link : SlashCommand;

    internal sealed record Help : SlashCommand;

    /// <summary>Nothing we know.</summary>
    /// <param name="Sentence">One line that says what is accepted.</param>
    internal sealed record Wrong(string Sentence) : SlashCommand;
}
