import { useRef, useState } from 'react';
import { newOperationId } from '../api/operationId';
import { writePost } from '../api/posts';
import { failureSentence } from '../api/refusals';
import { useCommands } from '../commands/useCommands';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

/** Sends what was written: a post, or a slash command that is answered to the asker alone. */
export function useSend(channelId: string, threadId: string | null) {
  const { dispatch } = useWorkspace();
  const commands = useCommands(channelId, threadId);
  const notify = useNotify();
  const [isSending, setSending] = useState(false);
  const operation = useRef<string | null>(null);

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
      await (text.startsWith('/') && files.length === 0 ? commands.run(text) : post(text, files));
      return true;
    } catch (failure) {
      notify(failureSentence(failure));
      return false;
    } finally {
      setSending(false);
    }
  }

  return { send, isSending, answer: commands.answer, dismiss: commands.dismiss };
}
