namespace Calls.Media.Stun;

/// <summary>
/// The refusals an ICE check can get (row ICE3). None is longer than the request it answers, so that a forged source
/// gains nothing; the reason, then the fingerprint is left out to fit. How many leave is the caller's to limit.
/// </summary>
public static class StunRefusal
{
    /// <summary>USERNAME or MESSAGE-INTEGRITY is missing.</summary>
    public const int BadRequest = 400;

    /// <summary>Unknown fragment or wrong password.</summary>
    public const int Unauthenticated = 401;

    /// <summary>A mandatory attribute is not understood.</summary>
    public const int UnknownAttribute = 420;

    /// <summary>Both sides believe to be controlled.</summary>
    public const int RoleConflict = 487;

    /// <summary>
    /// Writes a refusal of <paramref name="request"/>, signed if there is a <paramref name="password"/>. Returns its bytes; 0 if
    /// none would be short enough.
    /// </summary>
    public static int Write(in StunReader request, int code, ReadOnlySpan<byte> password, Span<byte> into)
    {
        Span<ushort> unknown = stackalloc ushort[StunReader.UnknownAttributesMax];
        unknown = unknown[..(code == UnknownAttribute ? request.CopyUnknownMandatory(unknown) : 0)];
        var bareBytes = StunReader.HeaderBytes + Attribute(4)
            + (unknown.IsEmpty ? 0 : Attribute(2 * unknown.Length))
            + (password.IsEmpty ? 0 : Attribute(StunIntegrity.ValueBytes));
        var fingerprintBytes = Attribute(StunFingerprint.ValueBytes);
        if (bareBytes > request.MessageBytes) { return 0; }

        var reason = Reason(code);
        var reasonFits = bareBytes + fingerprintBytes + Padded(reason.Length) <= request.MessageBytes;
        var writer = new StunWriter(into, StunMessageKind.BindingError, request.TransactionId);
        writer.AddErrorCode(code, reasonFits ? reason : default);
        if (!unknown.IsEmpty) { writer.AddUnknownAttributes(unknown); }
        if (!password.IsEmpty) { writer.AddIntegrity(password); }
        if (bareBytes + fingerprintBytes <= request.MessageBytes) { writer.AddFingerprint(); }
        return writer.Bytes;
    }

    private static ReadOnlySpan<byte> Reason(int code) => code switch
    {
        BadRequest => "Bad Request"u8,
        Unauthenticated => "Unauthenticated"u8,
        UnknownAttribute => "Unknown Attribute"u8,
        _ => "Role Conflict"u8,
    };

    private static int Attribute(int valueBytes) => StunReader.AttributeHeaderBytes + Padded(valueBytes);

    private static int Padded(int bytes) => (bytes + 3) & ~3;
}
