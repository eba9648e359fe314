import type { Channel } from '../protocol/workspace';
import type { CallView } from './callEngine';

/** Pure: what becomes of a call link's wish to join; null while it has to wait. */
export function callLinkAct(channel: Channel | null, view: Pick<CallView, 'hub' | 'joining'>): 'join' | 'show' | null {
  if (channel === null) {
    return null;
  }

  if (channel.archived) {
    return 'show';
  }

  // A call that this tab was in before goes on first: then the user is asked whether to leave it.
  return view.hub === 'connected' && view.joining === null ? 'join' : null;
}
