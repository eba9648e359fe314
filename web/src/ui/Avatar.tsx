import type { User } from '../protocol/workspace';
import { avatarColor, initials } from './avatarColor';

const twoLettersFrom = 24; // Smaller, two letters run into each other.

export function Avatar({ user, size, presence = false }: { user: User | undefined; size: number; presence?: boolean }) {
  const name = user?.displayName ?? '?';
  return (
    <span
      className="avatar"
      style={{ width: size, height: size, fontSize: size * 0.4, background: avatarColor(user?.id ?? '') }}
      aria-hidden="true"
    >
      {initials(name).slice(0, size < twoLettersFrom ? 1 : 2)}
      {presence && user !== undefined && <span className="presence" data-status={user.status} />}
    </span>
  );
}
