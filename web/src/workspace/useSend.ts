import { useCallback, useRef, useState } from 'react';
import { type CommandAction, runCommand } from '../api/commands';
import { newOperationId } from '../api/operationId';
import { writePost } from '../api/posts';
import { failureSentence } from '../api/refusals';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

/** Sends what was written: a post, or a slash command that is answered to the asker alone. */
export function useSend(channelId: string, threadId: string | null) {
  const { dispatch, engine, join } = useWorkspace();
  const notify = useNotify();
  const [isSending, setSending] = useState(false);
  const [response, setResponse] = useState<string | null>(null);
  const operation = useRef<string | null>(null);

  const act = useCallback(
    (action: CommandAction) => {
      switch (action.type) {
        case 'join_call':
          join(action.channelId, { title: action.title, threadId: action.threadId });
          break;
        case 'leave_call':
          void engine.leave();
          break;
      }
    },
    [engine, join],
  );

  async function command(text: string) {
    const answer = await runCommand(channelId, threadId, text);
    setResponse(answer.response);
    if (answer.action !== null) {
      act(answer.action);
    }
  }

  async function post(text: string, files: string[]) {
    // Kept until it worked, so that trying again after a lost answer posts once.
    operation.current ??= newOperationId();
    const written = await writePost(channelId, { text, threadId, files }, operation.current);
    operation.current = null;
    dispatch({ type: 'posted', post: written });
  }

  /** Whether it was sent; if not, the user was told why. */
  async function send(text: string, files: string[]): Promise<boolean> {
    setSending(true);
    try {
      await (text.startsWith('/') && files.length === 0 ? command(text) : post(text, files));
      return true;
    } catch (failure) {
      notify(failureSentence(failure));
      return false;
    } finally {
      setSending(false);
    }
  }

  return { send, isSending, response, dismiss: () => setResponse(null) };
}
