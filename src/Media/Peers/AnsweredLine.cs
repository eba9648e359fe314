using Calls.Media.Sdp;

namespace Calls.Media.Peers;

/// <summary>What one line of an answer is for.</summary>
/// <param name="Mid">The client's own name of the line.</param>
/// <param name="Role">What it carries.</param>
/// <param name="Index">Which voice slot, from 0; 0 for every other role.</param>
public sealed record AnsweredLine(string Mid, LineRole Role, int Index);
