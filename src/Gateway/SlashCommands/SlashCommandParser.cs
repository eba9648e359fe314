namespace Calls.Gateway.SlashCommands;

/// <summary>Reads one line of a composer. Any text is answered: by a command, or by what would have been one.</summary>
internal static class SlashCommandParser
{
    public const string Accepted = "/call start [title], /call join [title], /call leave, /call link, /call end, /call host @user, "
        + "/call mute-all, /call stats, /call logs, /call help";

    private const string Name = "/call";

    public static SlashCommand Parse(string text, int titleMax)
    {
        var line = text.Trim();
        var (name, rest) = Cut(line);
        if (!Is(name, Name)) { return new SlashCommand.Wrong($"Unknown command; accepted: {Accepted}."); }

        var (verb, argument) = Cut(rest);
        if (argument.Any(char.IsControl)) { return new SlashCommand.Wrong("A command is one line without control characters."); }

        if (argument.Length > titleMax && (Is(verb, "start") || Is(verb, "join")))
        {
            return new SlashCommand.Wrong($"A title has at most {titleMax} characters: /call {verb.ToLowerInvariant()} [title].");
        }

        var title = argument.Length > 0 ? argument : null;
        return verb.ToLowerInvariant() switch
        {
            "start" => new SlashCommand.Start(title),
            "join" => new SlashCommand.Join(title),
            "leave" => Alone("leave", title, new SlashCommand.Leave()),
            "link" => Alone("link", title, new SlashCommand.Link()),
            "end" => Alone("end", title, new SlashCommand.End()),
            "host" => Host(argument),
            "mute-all" => Alone("mute-all", title, new SlashCommand.MuteAll()),
            "stats" => Alone("stats", title, new SlashCommand.Stats()),
            "logs" => Alone("logs", title, new SlashCommand.Logs()),
            "help" => Alone("help", title, new SlashCommand.Help()),
            "" => new SlashCommand.Wrong($"/call takes a subcommand; accepted: {Accepted}."),
            _ => new SlashCommand.Wrong($"Unknown subcommand; accepted: {Accepted}."),
        };
    }

    private static SlashCommand Host(string argument)
    {
        var (name, more) = Cut(argument);
        var username = name.TrimStart('@');
        return username.Length > 0 && more.Length == 0
            ? new SlashCommand.Host(username)
            : new SlashCommand.Wrong("/call host takes one user of the call: /call host @user.");
    }

    private static SlashCommand Alone(string verb, string? argument, SlashCommand command) =>
        argument is null ? command : new SlashCommand.Wrong($"/call {verb} takes no argument.");

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static (string Word, string Tail) Cut(string line)
    {
        var end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end])) { end++; }

        return (line[..end], line[end..].Trim());
    }
}
