import { openDirectChannel } from '../api/channels';
import { failureSentence } from '../api/refusals';
import type { Channel, User } from '../protocol/workspace';
import { channelPath } from '../route';
import { Avatar } from '../ui/Avatar';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

const roles: Record<User['role'], string> = { member: 'Member', admin: 'Admin', guest: 'Guest', bot: 'Bot' };
const statuses: Record<User['status'], string> = {
  online: 'Online',
  away: 'Away',
  dnd: 'Do not disturb',
  ooo: 'Out of office',
  offline: 'Offline',
};

/** A person, and the way to them: a message or a direct call (S11). */
export function ProfileCard({ user, onClose }: { user: User; onClose: () => void }) {
  const { state, dispatch, navigate, join } = useWorkspace();
  const notify = useNotify();
  const canReach = user.id !== state.me.id && user.role !== 'bot' && !user.deactivated;

  async function open(andThen: (channel: Channel) => void) {
    try {
      const channel = await openDirectChannel(user.id);
      onClose();
      dispatch({ type: 'channel', channel });
      navigate(channelPath(channel.id));
      andThen(channel);
    } catch (failure) {
      notify(failureSentence(failure));
    }
  }

  return (
    <Dialog title={user.displayName} testId="profile-card" onClose={onClose}>
      <div className="profile">
        <Avatar user={user} size={64} />
        <dl>
          <div>
            <dt>User name</dt>
            <dd>@{user.username}</dd>
          </div>
          <div>
            <dt>Status</dt>
            <dd>{user.deactivated ? 'Deactivated' : statuses[user.status]}</dd>
          </div>
          <div>
            <dt>Role</dt>
            <dd>{roles[user.role]}</dd>
          </div>
        </dl>
      </div>
      {user.deactivated && <p className="hint">This person is deactivated, so you cannot call them.</p>}
      {canReach && (
        <div className="dialog-actions">
          <button type="button" className="button button-quiet" onClick={() => void open(() => undefined)} data-testid="profile-message">
            <Icon name="chat" size={18} /> Message
          </button>
          <button
            type="button"
            className="button button-live"
            data-testid="profile-call"
            onClick={() => void open((channel) => join(channel.id))}
          >
            <Icon name="call" size={18} /> Start call
          </button>
        </div>
      )}
    </Dialog>
  );
}
