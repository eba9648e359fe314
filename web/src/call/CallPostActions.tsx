import type { Channel } from '../protocol/workspace';
import { useWorkspace } from '../workspace/workspaceContext';
import { useCallButton } from './useCallButton';

/** Into the call from its card, and out of it again. */
export function CallPostActions({ channel }: { channel: Channel }) {
  const { join, leave } = useWorkspace();
  const button = useCallButton(channel);
  if (button.kind === 'in_call') {
    return (
      <button type="button" className="button button-quiet" data-testid="post-leave" onClick={leave}>
        Leave
      </button>
    );
  }

  return (
    <button
      type="button"
      className="button button-live"
      disabled={button.kind !== 'join'}
      data-testid="post-join"
      onClick={() => join(channel.id)}
    >
      {button.kind === 'joining' ? 'Joining…' : 'Join call'}
    </button>
  );
}
