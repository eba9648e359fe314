using Calls.Media.Datagrams;

namespace Calls.Media.Ice;

/// <summary>Our credentials over the restarts of one session (row MOVE1): the present ones, and for a while those before.</summary>
internal sealed class IceRestart(IceCredentials first, IceLimits limits)
{
    private IceCredentials? _old;
    private MonotonicTime _oldUntil;
    private IceCredentials? _nominated;

    internal IceCredentials Present { get; private set; } = first;

    /// <summary>The credentials from before a restart; null if there are none any more.</summary>
    internal IceCredentials? Old => _old;

    /// <summary>
    /// The credentials of a restart come into force; those before stay valid for a while: the ones that the pair in use was nominated
    /// with, though that may be two restarts ago.
    /// </summary>
    internal void Begin(IceCredentials fresh, MonotonicTime now)
    {
        if (_old is null || _nominated != _old || now >= _oldUntil) { _old = Present; }

        _oldUntil = now + limits.OldCredentialsMax;
        Present = fresh;
    }

    /// <summary>
    /// A check with these credentials was authentic. Chromium that nominates a pair between its offer and our answer goes on
    /// checking it with the old ones for as long as the pair lives: they stay valid while they are used.
    /// </summary>
    internal void Use(IceCredentials credentials, MonotonicTime now)
    {
        if (credentials == _old) { _oldUntil = now + limits.OldCredentialsMax; }
    }

    /// <summary>The credentials a check names, if they are valid now.</summary>
    internal IceCredentials? Find(ReadOnlySpan<byte> fragment, MonotonicTime now)
    {
        if (fragment.SequenceEqual(Present.FragmentBytes)) { return Present; }

        return _old is not null && now < _oldUntil && fragment.SequenceEqual(_old.FragmentBytes) ? _old : null;
    }

    /// <summary>A pair was nominated with these credentials. True if that ends a restart.</summary>
    internal bool CompleteWith(IceCredentials credentials)
    {
        _nominated = credentials;
        if (_old is null || credentials != Present) { return false; }

        _old = null;
        return true;
    }
}
