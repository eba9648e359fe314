import type { CallState } from '../call/callState';
import { findSession } from '../call/callState';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';
import { emojiName, emojiText } from './emojiText';
import type { ShownReaction } from './shownReactions';

/** Who reacted with what in the last seconds, the newest last (S48). */
export function Reactions({ state, shown }: { state: CallState; shown: readonly ShownReaction[] }) {
  const workspace = useWorkspace().state;
  const nameIn = (sessionId: string) => {
    const userId = findSession(state, sessionId)?.userId;
    return userId === workspace.me.id ? 'You' : nameOf(workspace, userId ?? '');
  };
  return (
    <ul className="reactions" aria-label="Reactions" data-testid="reactions">
      {shown.map(({ id, sessionId, emoji }) => (
        <li key={id} className="reaction" data-testid="reaction" data-emoji={emoji.name}>
          <span className="reaction-emoji" role="img" aria-label={emojiName(emoji)}>
            {emojiText(emoji)}
          </span>
          <span className="reaction-name">{nameIn(sessionId)}</span>
        </li>
      ))}
    </ul>
  );
}
