using System.Collections.Concurrent;
using System.Collections.Immutable;
using Calls.Contracts.Calls;
using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Cluster.Tests.Fakes;

/// <summary>Posts in memory; they can be made to fail.</summary>
internal sealed class FakePosts : IPosts
{
    private readonly ConcurrentDictionary<string, PostId> _operations = new();

    public ConcurrentDictionary<PostId, Post> Kept { get; } = new();

    /// <summary>How many posts were ever made.</summary>
    public int Made { get; private set; }

    /// <summary>Whether the workspace's database is away.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether new posts are refused.</summary>
    public bool RefusesNew { get; set; }

    /// <summary>What making a post waits for.</summary>
    public Func<NewPost, Task> BeforeCreate { get; set; } = _ => Task.CompletedTask;

    /// <summary>What changing or deleting a post waits for.</summary>
    public Func<CancellationToken, Task> BeforeEdit { get; set; } = _ => Task.CompletedTask;

    /// <summary>Characters that the values of a post's props may have in all.</summary>
    public int PropsCharactersMax { get; set; } = int.MaxValue;

    public async Task<Answer<Post>> Create(NewPost post, CancellationToken cancellation)
    {
        ThrowIfAway();
        await BeforeCreate(post);
        if (RefusesNew) { return Answer<Post>.Refuse(Refusal.Unavailable); }

        var isNew = !_operations.ContainsKey(post.OperationId!);
        var id = _operations.GetOrAdd(post.OperationId!, _ => TestIds.New<PostId>());
        if (isNew)
        {
            Made++;
            var author = new User(post.Author, "author", "Author", UserRole.Member, UserStatus.Online, Deactivated: false);
            Kept[id] = new Post(
                id, post.ChannelId, post.ThreadId, author, post.Type, post.Text, post.Props, [], DateTimeOffset.UnixEpoch, null, 0);
        }

        return Kept[id];
    }

    public async Task<Answer<Post>> Edit(PostId id, string? text, ImmutableDictionary<string, string>? props, CancellationToken cancellation)
    {
        ThrowIfAway();
        await BeforeEdit(cancellation);
        if (!Kept.TryGetValue(id, out var post)) { return Answer<Post>.Refuse(Refusal.NotFound); }

        var edited = post.Props.SetItems(props!);
        if (edited.Values.Sum(value => value.Length) > PropsCharactersMax) { return Answer<Post>.Refuse(Refusal.Invalid); }

        Kept[id] = post with { Props = edited };
        return Kept[id];
    }

    public Task<Answer> Delete(PostId id, CancellationToken cancellation)
    {
        ThrowIfAway();
        Kept.TryRemove(id, out _);
        return Task.FromResult(Answer.Accepted);
    }

    public Task<Post?> Find(PostId id, CancellationToken cancellation) => Task.FromResult(Kept.GetValueOrDefault(id));

    public Task<Page<Post>> List(ChannelId channel, PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Page<Post>?> Thread(PostId first, PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

    private void ThrowIfAway()
    {
        if (IsAway) { throw new InvalidOperationException("The workspace is away."); }
    }
}
