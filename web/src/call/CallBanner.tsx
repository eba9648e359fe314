import { useState } from 'react';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { nameOf } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import { AvatarRow } from './AvatarRow';
import { useCallButton } from './useCallButton';
import { plainStart } from './callStart';
import { dismissCall, dismissedCalls } from './dismissedCalls';
import { presentUsers } from './presentUsers';
import { deviceName } from './thisDevice';
import { useMySessionElsewhere } from './useMySessionElsewhere';
import { useRoster } from './useRoster';

/** Above the composer while a call is live that this browser is not in; dismissed for this call alone. */
export function CallBanner({ channel }: { channel: Channel }) {
  const { state, join } = useWorkspace();
  const button = useCallButton(channel);
  const [dismissed, setDismissed] = useState(dismissedCalls);
  const elsewhere = useMySessionElsewhere(channel);
  const roster = useRoster(channel);
  const { call } = channel;
  if (call === null || button.kind === 'in_call' || dismissed.includes(call.id)) {
    return null;
  }

  const users = roster === null ? [] : presentUsers(roster);
  return (
    <section className="call-banner" aria-label="A call is live" data-testid="call-banner" data-elsewhere={elsewhere !== null}>
      <AvatarRow userIds={users} size={26} />
      <span className="call-banner-text">
        {elsewhere === null
          ? sentence(users.map((id) => nameOf(state, id)), call.participants)
          : `You are in this call on ${deviceName(elsewhere)}`}
      </span>
      {elsewhere !== null && button.kind === 'join' && (
        <button
          type="button"
          className="button button-live"
          data-testid="banner-move"
          onClick={() => join(channel.id, { ...plainStart, from: elsewhere.sessionId })}
        >
          Move here
        </button>
      )}
      <button
        type="button"
        className={elsewhere === null ? 'button button-live' : 'button button-quiet'}
        disabled={button.kind !== 'join'}
        data-testid="banner-join"
        onClick={() => join(channel.id)}
      >
        {button.kind === 'joining' ? 'Joining…' : elsewhere === null ? 'Join' : 'Join here too'}
      </button>
      <button
        type="button"
        className="button-icon"
        aria-label="Dismiss"
        data-testid="banner-dismiss"
        onClick={() => setDismissed(dismissCall(call.id))}
      >
        <Icon name="close" size={16} />
      </button>
    </section>
  );
}

function sentence(names: string[], participants: number): string {
  const [first, second] = names;
  if (first === undefined) {
    return `${participants} in the call`;
  }

  if (second === undefined) {
    return `${first} is in a call`;
  }

  return names.length === 2 ? `${first} and ${second} are in a call` : `${first} and ${names.length - 1} others are in a call`;
}
