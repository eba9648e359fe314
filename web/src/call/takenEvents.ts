import type { CallEvent } from '../protocol/events';
import { callReducer } from './callReducer';
import type { CallAction, CallState } from './callState';

interface TakenEvent {
  event: CallEvent;
  /** The call before it. */
  before: CallState;
}

/**
 * Pure: the events that became part of the roster by an action, in their order. One that came ahead of its turn is among
 * them when the gap before it is closed; not if a snapshot closed it that contains it.
 */
export function takenEvents(before: CallState, action: CallAction): TakenEvent[] {
  if (action.type === 'event' && action.event.seq == null) {
    return [{ event: action.event, before }];
  }

  let roster: CallState = { ...before, held: [] };
  if (action.type === 'snapshot') {
    roster = callReducer(roster, action);
  }

  const candidates = action.type === 'event' ? [...before.held, action.event] : before.held;
  return [...candidates]
    .sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
    .flatMap((event) => {
      const known = roster;
      const isTaken = event.seq != null && event.seq === known.call.seq + 1;
      roster = isTaken ? callReducer(known, { type: 'event', event }) : known;
      return isTaken ? [{ event, before: known }] : [];
    });
}
