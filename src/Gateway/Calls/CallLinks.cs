using Calls.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace Calls.Gateway.Calls;

/// <summary>The link that opens a channel and joins its call; the same for ever.</summary>
internal sealed class CallLinks(IOptionsMonitor<GatewayOptions> options)
{
    public string Of(ChannelId channel) => $"{options.CurrentValue.PublicUrl}/channels/{channel.Value}?join_call=true";
}
