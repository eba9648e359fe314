namespace Calls.Contracts.Ids;

/// <summary>A typed id: <c>kind_</c> and 26 characters of lower-case base32, so that no two kinds can be mixed up.</summary>
/// <typeparam name="TSelf">The id itself.</typeparam>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    /// <summary>The word before the underscore.</summary>
    static abstract string Kind { get; }

    /// <summary>The whole text, as it stands in JSON and in grain keys.</summary>
    string Value { get; }

    /// <summary>Takes a text that is known to be an id of this kind; nothing is checked.</summary>
    static abstract TSelf From(string value);
}
