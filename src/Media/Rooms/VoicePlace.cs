using Calls.Media.Datagrams;

namespace Calls.Media.Rooms;

/// <summary>One voice's place in one set of slots.</summary>
internal struct VoicePlace
{
    /// <summary>No slot.</summary>
    public const int Nowhere = -1;

    /// <summary>A voice that holds no slot and never held one.</summary>
    public static readonly VoicePlace None = new() { Slot = Nowhere, LastSlot = Nowhere, AheadSince = MonotonicTime.Never };

    /// <summary>The slot it holds, the spare one included, or <see cref="Nowhere"/>.</summary>
    public int Slot;

    /// <summary>The slot it held last, not counting the spare: a returning voice likes its old place (row VOX3).</summary>
    public int LastSlot;

    /// <summary>Is it among those a slot may be given to?</summary>
    public bool IsMember;

    /// <summary>Since when it has been ahead of the holder it challenges; never if it is not.</summary>
    public MonotonicTime AheadSince;
}
