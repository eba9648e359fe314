import { useEffect, useState } from 'react';
import { readMembers } from '../api/channels';
import { failureSentence } from '../api/refusals';
import type { Channel, Membership } from '../protocol/workspace';
import { Avatar } from '../ui/Avatar';
import { Dialog } from '../ui/Dialog';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

export function Members({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { state, showProfile } = useWorkspace();
  const [members, setMembers] = useState<Membership[] | null>(null);
  const notify = useNotify();

  useEffect(() => {
    readMembers(channel.id)
      .then(setMembers)
      .catch((failure: unknown) => notify(failureSentence(failure)));
  }, [channel.id, channel.members, notify]);

  return (
    <Dialog title={`Members of ${channel.displayName}`} testId="members" onClose={onClose}>
      <ul className="people" aria-busy={members === null}>
        {members?.map(({ user, isAdmin }) => (
          <li key={user.id}>
            <button
              type="button"
              className="person"
              data-testid="member"
              data-username={user.username}
              onClick={() => {
                onClose();
                showProfile(user);
              }}
            >
              <Avatar user={state.users[user.id] ?? user} size={32} presence />
              <span className="person-name">
                {user.displayName}
                {user.id === state.me.id && ' (you)'}
              </span>
              <span className="hint">
                {user.deactivated ? 'deactivated' : isAdmin ? 'channel admin' : user.role === 'guest' ? 'guest' : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
