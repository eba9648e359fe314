namespace Calls.MediaNode.Telemetry;

/// <summary>The node cannot start for a reason an operator can mend. Each line of the message names the setting and what to do.</summary>
public sealed class MediaNodeStartException(string message, Exception? inner = null) : Exception(message, inner);
