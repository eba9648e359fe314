namespace Calls.Media.Stun;

/// <summary>Method and class of a STUN message as its first two bytes say them, for the binding method (RFC 8489 §5).</summary>
public enum StunMessageKind : ushort
{
    /// <summary>A connectivity check.</summary>
    BindingRequest = 0x0001,

    /// <summary>A keep-alive that wants no answer.</summary>
    BindingIndication = 0x0011,

    /// <summary>A check succeeded.</summary>
    BindingSuccess = 0x0101,

    /// <summary>A check was refused.</summary>
    BindingError = 0x0111,
}
