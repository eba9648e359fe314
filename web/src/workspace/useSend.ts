import { useRef } from 'react';
import { newOperationId } from '../api/operationId';
import { writePost } from '../api/posts';
import { failureSentence } from '../api/refusals';
import { isCommand } from '../commands/slashCommands';
import { useCommands } from '../commands/useCommands';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

/** Sends what was written: a post, or a slash command that is answered to the asker alone. */
export function useSend(channelId: string, threadId: string | null) {
  const { dispatch } = useWorkspace();
  const commands = useCommands(channelId, threadId);
  const notify = useNotify();
  const operation = useRef<{ post: string; id: string } | null>(null);
  const line = useRef<Promise<unknown>>(Promise.resolve());

  async function post(text: string, files: string[]) {
    // The same post tried again after a lost answer is one post; another post is another.
    const wished = JSON.stringify([text, files]);
    if (operation.current?.post !== wished) {
      operation.current = { post: wished, id: newOperationId() };
    }

    const written = await writePost(channelId, { text, threadId, files }, operation.current.id);
    operation.current = null;
    dispatch({ type: 'posted', post: written });
  }

  async function sendNow(text: string, files: string[]): Promise<boolean> {
    try {
      await (isCommand(text) && files.length === 0 ? commands.run(text) : post(text, files));
      return true;
    } catch (failure) {
      notify(failureSentence(failure));
      return false;
    }
  }

  /** One after the other, in the order they were written. Whether it was sent; if not, the user was told why. */
  function send(text: string, files: string[]): Promise<boolean> {
    const turn = line.current.then(() => sendNow(text, files));
    line.current = turn;
    return turn;
  }

  return { send, answer: commands.answer, dismiss: commands.dismiss };
}
