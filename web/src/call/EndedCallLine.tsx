import type { Post } from '../protocol/workspace';
import { lengthInWords } from './duration';

/** How long a call lasted and how many were in it. */
export function EndedCallLine({ post }: { post: Post }) {
  const durationMs = Number(post.props['durationMs']);
  if (Number.isNaN(durationMs)) {
    return <span className="call-post-line">The call has ended</span>;
  }

  const count = post.props['participants']?.split(',').filter((id) => id !== '').length ?? 0;
  return (
    <span className="call-post-line" data-testid="call-post-duration">
      Ended · lasted {lengthInWords(durationMs)}
      {count > 0 && ` · ${count} ${count === 1 ? 'participant' : 'participants'}`}
    </span>
  );
}
