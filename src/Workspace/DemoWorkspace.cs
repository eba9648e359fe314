using System.Collections.Immutable;
using System.Security.Cryptography;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Calls.Workspace;

/// <summary>What a first start makes. A start that finds users makes nothing.</summary>
internal sealed class DemoWorkspace(WorkspaceDatabase database, IWorkspace workspace)
{
    /// <summary>Everybody's password in the demo.</summary>
    public const string Password = "calls-demo";

    private const string AdminLetters = "abcdefghjkmnpqrstuvwxyz23456789"; // None that look alike.
    private const int AdminPasswordLetters = 20;

    /// <summary>Makes one admin, and returns their password; null when there are users already.</summary>
    public async Task<string?> PlantEmpty(CancellationToken cancellation)
    {
        var password = RandomNumberGenerator.GetString(AdminLetters, AdminPasswordLetters);
        if (await HasUsers(cancellation) || await Admin("Administrator", password, cancellation) is not { } admin) { return null; }

        // To the end, though the program is told to stop: this password exists nowhere else.
        await Channel(ChannelKind.Public, Users.DefaultChannel, "Town Square", admin, [], CancellationToken.None);
        return password;
    }

    /// <summary>Makes the demo; false when there are users already.</summary>
    public async Task<bool> PlantDemo(CancellationToken cancellation)
    {
        if (await HasUsers(cancellation) || await Admin("Avery Admin", Password, cancellation) is not { } admin) { return false; }

        var alice = await User("alice", "Alice Archer", UserRole.Member, Password, cancellation);
        var bob = await User("bob", "Bob Baker", UserRole.Member, Password, cancellation);
        var carol = await User("carol", "Carol Cole", UserRole.Member, Password, cancellation);
        var dave = await User("dave", "Dave Dunn", UserRole.Member, Password, cancellation);
        var guest = await User("guest", "Gale Guest", UserRole.Guest, Password, cancellation);

        var square = await Channel(ChannelKind.Public, Users.DefaultChannel, "Town Square", admin, [alice, bob, carol, dave, guest], cancellation);
        var garden = await Channel(ChannelKind.Private, "roof-garden", "Roof garden", alice, [bob], cancellation);
        var group = await Channel(ChannelKind.Group, null, null, alice, [bob, carol], cancellation);
        var direct = await Channel(ChannelKind.Direct, null, null, alice, [bob], cancellation);
        var old = await Channel(ChannelKind.Public, "winter-party", "Winter party", carol, [alice, bob, dave], cancellation);

        var welcome = await Post(square, admin, "Welcome! Press Start call above and talk.", null, cancellation);
        await Post(square, alice, "Nice. Who joins the stand-up at ten?", null, cancellation);
        await Post(square, bob, "I do.", null, cancellation);
        await Post(square, carol, "Thanks for setting this up.", welcome, cancellation);
        await Post(garden, alice, "The tomatoes are in.", null, cancellation);
        await Post(group, carol, "Lunch at one?", null, cancellation);
        await Post(direct, bob, "Do you have five minutes?", null, cancellation);
        await Post(old, dave, "That was a party.", null, cancellation);
        await workspace.Channels.SetArchived(old, true, cancellation);
        return true;
    }

    /// <summary>Makes the service's own user where there is none: at a first start, and in a database from before there was one.</summary>
    public async Task PlantBot(CancellationToken cancellation)
    {
        if (await HasBot()) { return; }

        var made = await workspace.Users.Create(new NewUser(Contracts.Workspace.User.BotName, "Calls", UserRole.Bot, null), cancellation);
        if (!made.IsAccepted && !await HasBot()) { Made(made); }

        async Task<bool> HasBot() => await workspace.Users.FindByName(Contracts.Workspace.User.BotName, cancellation) is not null;
    }

    // Of the processes that start at once on a new database one plants; to the others the admin is there already.
    private async Task<User?> Admin(string displayName, string password, CancellationToken cancellation)
    {
        var made = await workspace.Users.Create(new NewUser("admin", displayName, UserRole.Admin, password), cancellation);
        return made.IsAccepted || !await HasUsers(cancellation) ? Made(made) : null;
    }

    private async Task<bool> HasUsers(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Users.AnyAsync(user => user.Role != UserRole.Bot, cancellation);
    }

    private async Task<User> User(string name, string displayName, UserRole role, string? password, CancellationToken cancellation) =>
        Made(await workspace.Users.Create(new NewUser(name, displayName, role, password), cancellation));

    private async Task<ChannelId> Channel(
        ChannelKind kind, string? name, string? displayName, User creator, ImmutableArray<User> members, CancellationToken cancellation) =>
        Made(await workspace.Channels.Create(
            new NewChannel(kind, name, displayName, [.. members.Select(user => user.Id)]), creator.Id, cancellation)).Id;

    private async Task<PostId> Post(ChannelId channel, User author, string text, PostId? thread, CancellationToken cancellation) =>
        Made(await workspace.Posts.Create(
            new NewPost(channel, thread, author.Id, PostType.Text, text, ImmutableDictionary<string, string>.Empty, [], null),
            cancellation)).Id;

    private static T Made<T>(Answer<T> answer) =>
        answer.IsAccepted ? answer.Value! : throw new InvalidOperationException($"The seed was refused: {answer.Refusal}, {answer.Detail}");
}
