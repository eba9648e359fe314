import { type KeyboardEvent, useRef, useState } from 'react';
import { writePost } from '../api/posts';
import { newOperationId } from '../api/operationId';
import { failureSentence } from '../api/refusals';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { useNotify } from '../ui/notify';
import { FileDrop } from './FileDrop';
import { useDraft } from './useDraft';
import { useFocusOnOpen } from './useFocusOnOpen';
import { useUploads } from './useUploads';
import { useWorkspace } from './workspaceContext';

const textMax = 16_384; // As the service's: Post.TextMax.
const rowsMax = 8; // Taller, and on a small screen nothing is left of the posts.

export function Composer({ channel, threadId }: { channel: Channel; threadId: string | null }) {
  const { dispatch } = useWorkspace();
  const notify = useNotify();
  const [text, setText] = useDraft(threadId ?? channel.id);
  const { uploads, add, remove, clear } = useUploads();
  const [isSending, setSending] = useState(false);
  const operation = useRef<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const input = useFocusOnOpen<HTMLTextAreaElement>();
  const isUploading = uploads.some((upload) => upload.file === null);
  const isEmpty = text.trim() === '' && uploads.length === 0;
  const label = threadId === null ? `Write to ${channel.displayName}` : 'Reply';

  async function send() {
    if (isEmpty || isUploading || isSending) {
      return;
    }

    setSending(true);
    // Kept until it worked, so that trying again after a lost answer posts once.
    operation.current ??= newOperationId();
    try {
      const files = uploads.flatMap((upload) => (upload.file === null ? [] : [upload.file.id]));
      const post = await writePost(channel.id, { text: text.trim(), threadId, files }, operation.current);
      operation.current = null;
      dispatch({ type: 'posted', post });
      setText('');
      clear();
    } catch (failure) {
      notify(failureSentence(failure));
    } finally {
      setSending(false);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
  }

  return (
    <FileDrop onFiles={add}>
      <div className="composer" data-testid={threadId === null ? 'composer' : 'thread-composer'}>
        {uploads.length > 0 && (
          <ul className="uploads">
            {uploads.map((upload) => (
              <li key={upload.key} className="upload" aria-busy={upload.file === null}>
                <Icon name="file" size={16} />
                <span className="attachment-name">{upload.name}</span>
                <button type="button" className="button-icon" aria-label={`Remove ${upload.name}`} onClick={() => remove(upload.key)}>
                  <Icon name="close" size={14} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="composer-row">
          <button type="button" className="button-icon" aria-label="Attach files" title="Attach files" onClick={() => picker.current?.click()}>
            <Icon name="attach" />
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            data-testid="file-input"
            onChange={(event) => {
              add([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          <textarea
            ref={input}
            rows={Math.min(rowsMax, text.split('\n').length)}
            aria-label={label}
            placeholder={label}
            maxLength={textMax}
            value={text}
            data-testid="composer-input"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={(event) => {
              if (event.clipboardData.files.length > 0) {
                event.preventDefault();
                add([...event.clipboardData.files]);
              }
            }}
          />
          <button
            type="button"
            className="button-icon send"
            aria-label="Send"
            title="Send (Enter)"
            disabled={isEmpty || isUploading || isSending}
            data-testid="send"
            onClick={() => void send()}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
    </FileDrop>
  );
}
