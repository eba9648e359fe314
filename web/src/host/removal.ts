import type { CallView } from '../call/callEngine';
import type { Channel } from '../protocol/workspace';

export type Removal = NonNullable<CallView['removal']>;

/** Pure: whether there is a way back: not for who is blocked, nor into a call that is over, which joining would start anew. */
export function mayJoinAgain({ isBlocked }: Removal, callId: string | null, channel: Channel | undefined): boolean {
  return !isBlocked && callId !== null && channel?.call?.id === callId;
}

/** Pure: what is told of a removal: the news, or while its user tries to come back what they were told before. */
export function shownRemoval(view: Pick<CallView, 'removal' | 'state'>, returning: Removal | null): Removal | null {
  return view.removal ?? (view.state === null ? returning : null);
}
