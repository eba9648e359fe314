using System.Collections.Immutable;
using System.Threading.Channels;
using Calls.Contracts.Ids;
using Calls.Contracts.Participants;
using Calls.Gateway.Auth;

namespace Calls.Gateway.Signalling;

/// <summary>One client's connection: who it is, and what waits to be sent to it.</summary>
internal sealed class HubConnection(string id, CurrentUser user, Action abort)
{
    /// <summary>Events that wait for a slow reader. More than a call keeps for a resume: such a client must resume anyway.</summary>
    public const int WaitingMax = 1_000;

    private readonly Channel<EventMessage> _outbox = Channel.CreateBounded<EventMessage>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    public string Id { get; } = id;

    public ConnectionId Name { get; } = new(id);

    public CurrentUser User { get; } = user;

    public UserId UserId => User.Id;

    /// <summary>
    /// Commands of one client take turns, in the order they came; an offer does not hold up the others. Never disposed: it holds nothing
    /// that needs it, and a command may end after its connection.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The channels whose news it hears.</summary>
    public ImmutableHashSet<ChannelId> Channels { get; set; } = [];

    /// <summary>Whether its sign-in is over; then it may do nothing more.</summary>
    public bool SignedOut { get; set; }

    public ChannelReader<EventMessage> Outbox => _outbox.Reader;

    /// <summary>Queues an event; false when the client reads too slowly.</summary>
    public bool TrySend(EventMessage message) => _outbox.Writer.TryWrite(message);

    public void Abort() => abort();

    /// <summary>The connection has closed; nothing more is sent.</summary>
    public void Close() => _outbox.Writer.TryComplete();
}
