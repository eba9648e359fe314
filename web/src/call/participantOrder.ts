import type { SessionSnapshot } from '../protocol/answers';
import type { ShownReaction } from '../reactions/shownReactions';

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

interface Ranked {
  session: SessionSnapshot;
  name: string;
  rank: number;
  /** Among those of one rank: when the hand went up, or how recent the reaction is. */
  within: number;
}

/**
 * Pure: the presenter, raised hands with the earliest first, who can be heard, who reacted recently, then by name;
 * devices of one user in the order they came.
 */
export function participantOrder(
  sessions: readonly SessionSnapshot[],
  nameOf: (userId: string) => string,
  screenSessionId: string | null = null,
  reactions: readonly ShownReaction[] = [],
): SessionSnapshot[] {
  const reactedAt = new Map(reactions.map((reaction) => [reaction.sessionId, reaction.at]));
  return sessions
    .map((session) => ranked(session, nameOf(session.userId), screenSessionId, reactedAt.get(session.sessionId)))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.within - b.within ||
        byName.compare(a.name, b.name) ||
        Date.parse(a.session.joinedAt) - Date.parse(b.session.joinedAt) ||
        (a.session.sessionId < b.session.sessionId ? -1 : 1),
    )
    .map(({ session }) => session);
}

function ranked(session: SessionSnapshot, name: string, screen: string | null, reactedAt: number | undefined): Ranked {
  if (session.sessionId === screen) {
    return { session, name, rank: 0, within: 0 };
  }

  if (session.raisedAt !== null) {
    return { session, name, rank: 1, within: Date.parse(session.raisedAt) };
  }

  if (!session.muted) {
    return { session, name, rank: 2, within: 0 };
  }

  return reactedAt === undefined ? { session, name, rank: 4, within: 0 } : { session, name, rank: 3, within: -reactedAt };
}
