namespace Calls.Gateway.SlashCommands;

/// <summary>What somebody typed. A closed hierarchy.</summary>
internal abstract record SlashCommand
{
    private SlashCommand() { }

    internal sealed record Start(string? Title) : SlashCommand;

    internal sealed record Join(string? Title) : SlashCommand;

    internal sealed record Leave : SlashCommand;

    internal sealed record Link : SlashCommand;

    internal sealed record End : SlashCommand;

    /// <param name="Username">Without its @.</param>
    internal sealed record Host(string Username) : SlashCommand;

    internal sealed record MuteAll : SlashCommand;

    internal sealed record Stats : SlashCommand;

    internal sealed record Logs : SlashCommand;

    internal sealed record Help : SlashCommand;

    /// <summary>Nothing we know.</summary>
    /// <param name="Sentence">One line that says what is accepted.</param>
    internal sealed record Wrong(string Sentence) : SlashCommand;
}
