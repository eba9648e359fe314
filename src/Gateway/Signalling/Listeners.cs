using System.Collections.Immutable;
using Calls.Contracts.Ids;

namespace Calls.Gateway.Signalling;

/// <summary>The open connections by what they hear: their own name, their user's news, their channels'. Guarded by its owner's lock.</summary>
internal sealed class Listeners
{
    private readonly Dictionary<string, HubConnection> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<UserId, List<HubConnection>> _byUser = [];
    private readonly Dictionary<ChannelId, List<HubConnection>> _byChannel = [];

    public IReadOnlyCollection<HubConnection> All => _all.Values;

    public bool Has(HubConnection connection) => _all.ContainsKey(connection.Id);

    public IReadOnlyList<HubConnection> Of(UserId user) => _byUser.GetValueOrDefault(user) ?? [];

    public IReadOnlyList<HubConnection> Of(ChannelId channel) => _byChannel.GetValueOrDefault(channel) ?? [];

    /// <summary>The user's, and those that hear any of these channels; each once.</summary>
    public IEnumerable<HubConnection> Of(UserId user, ImmutableArray<ChannelId> channels) => Of(user).Concat(channels.SelectMany(Of)).Distinct();

    public void Add(HubConnection connection)
    {
        _all[connection.Id] = connection;
        Add(_byUser, connection.UserId, connection);
        foreach (var channel in connection.Channels) { Add(_byChannel, channel, connection); }
    }

    public void Remove(HubConnection connection)
    {
        if (!_all.Remove(connection.Id)) { return; }

        Remove(_byUser, connection.UserId, connection);
        foreach (var channel in connection.Channels) { Remove(_byChannel, channel, connection); }
    }

    /// <summary>The connection hears these channels from now on, and no others.</summary>
    public void Listen(HubConnection connection, ImmutableHashSet<ChannelId> channels)
    {
        if (Has(connection))
        {
            foreach (var left in connection.Channels.Except(channels)) { Remove(_byChannel, left, connection); }
            foreach (var entered in channels.Except(connection.Channels)) { Add(_byChannel, entered, connection); }
        }

        connection.Channels = channels;
    }

    private static void Add<TKey>(Dictionary<TKey, List<HubConnection>> index, TKey key, HubConnection connection) where TKey : notnull
    {
        if (!index.TryGetValue(key, out var listeners)) { index[key] = listeners = []; }

        listeners.Add(connection);
    }

    private static void Remove<TKey>(Dictionary<TKey, List<HubConnection>> index, TKey key, HubConnection connection) where TKey : notnull
    {
        if (!index.TryGetValue(key, out var listeners)) { return; }

        listeners.Remove(connection);
        if (listeners.Count == 0) { index.Remove(key); }
    }
}
