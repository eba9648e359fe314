import { Avatar } from '../ui/Avatar';
import { useWorkspace } from '../workspace/workspaceContext';

const shownMax = 4;

export function AvatarRow({ userIds, size }: { userIds: string[]; size: number }) {
  const { users } = useWorkspace().state;
  const more = userIds.length - shownMax;
  return (
    <span className="avatar-row" aria-hidden="true">
      {userIds.slice(0, shownMax).map((id) => (
        <Avatar key={id} user={users[id]} size={size} />
      ))}
      {more > 0 && (
        <span className="avatar avatar-more" style={{ width: size, height: size, fontSize: size * 0.4 }}>
          +{more}
        </span>
      )}
    </span>
  );
}
