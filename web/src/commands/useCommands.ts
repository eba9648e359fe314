import { useCallback } from 'react';
import { type CommandAction, runCommand } from '../api/commands';
import { sendLog } from '../api/logs';
import { thisDevice } from '../call/thisDevice';
import { clientLog } from '../diagnostics/clientLog';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CommandAnswer } from './answer';

const userAgentMax = 500; // They are shorter; it is the browser's word, though.

/** Runs a slash command typed at a place; its answer stays there, whatever page is looked at meanwhile. */
export function useCommands(channelId: string, threadId: string | null) {
  const { state, dispatch, join, leave, statistics } = useWorkspace();
  const place = threadId ?? channelId;

  const show = useCallback(
    (answer: CommandAnswer | null) => dispatch({ type: 'answered', place, answer }),
    [dispatch, place],
  );

  const act = useCallback(
    async (action: CommandAction): Promise<CommandAnswer | null> => {
      switch (action.type) {
        case 'join_call':
          join(action.channelId, { title: action.title, threadId: action.threadId });
          return null;
        case 'leave_call':
          leave();
          return null;
        case 'stats': {
          const read = await statistics.read();
          return read === null
            ? { kind: 'text', text: 'This browser has been in no call yet.' }
            : { kind: 'statistics', json: JSON.stringify(read, null, 2) };
        }

        case 'logs':
          return { kind: 'log', channelId: (await sendLog(logHeading() + clientLog.text())).channelId };
        default:
          return { kind: 'text', text: 'This page is older than the service. Reload it and try again.' };
      }
    },
    [join, leave, statistics],
  );

  const run = useCallback(
    async (text: string): Promise<void> => {
      const { response, action } = await runCommand(channelId, threadId, text);
      const done = action === null ? null : await act(action);
      show(done ?? (response === null ? null : { kind: 'text', text: response }));
    },
    [act, channelId, threadId, show],
  );

  return { run, answer: state.answers[place] ?? null, dismiss: useCallback(() => show(null), [show]) };
}

// The beginning of the log is gone when it is full; whose it is has to be in it all the same.
function logHeading(): string {
  return `${thisDevice(navigator.userAgent).name ?? 'Unknown browser'}, ${navigator.userAgent.slice(0, userAgentMax)}, ${window.location.origin}\n`;
}
