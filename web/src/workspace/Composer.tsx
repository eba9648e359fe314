import { type KeyboardEvent, useRef } from 'react';
import { CommandList } from '../commands/CommandList';
import { CommandResponse } from '../commands/CommandResponse';
import { useCommandCompletion } from '../commands/useCommandCompletion';
import type { Channel } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { isComposing } from '../ui/isComposing';
import { takeDraft } from './drafts';
import { FileDrop } from './FileDrop';
import { useDraft } from './useDraft';
import { useFocusOnOpen } from './useFocusOnOpen';
import { useSend } from './useSend';
import { useUploads } from './useUploads';

const textMax = 16_384; // As the service's: Post.TextMax.
const rowsMax = 8; // Taller, and on a small screen nothing is left of the posts.

export function Composer({ channel, threadId }: { channel: Channel; threadId: string | null }) {
  const place = threadId ?? channel.id;
  const [text, setText] = useDraft(place);
  const { uploads, add, remove, clear, restore } = useUploads();
  const { send, answer, dismiss } = useSend(channel.id, threadId);
  const completion = useCommandCompletion(text, setText, channel);
  const picker = useRef<HTMLInputElement>(null);
  const input = useFocusOnOpen<HTMLTextAreaElement>();
  const isUploading = uploads.some((upload) => upload.file === null);
  const isEmpty = text.trim() === '' && uploads.length === 0;
  const label = threadId === null ? `Write to ${channel.displayName}` : 'Reply';

  async function submit() {
    if (isEmpty || isUploading) {
      return;
    }

    // The next line may be written while this one is on its way.
    const putBack = takeDraft(place);
    clear();
    const files = uploads.flatMap((upload) => (upload.file === null ? [] : [upload.file.id]));
    if (!(await send(text.trim(), files))) {
      putBack();
      restore(uploads);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (completion.onKeyDown(event)) {
      return;
    }

    if (event.key === 'Enter' && !event.shiftKey && !isComposing(event)) {
      event.preventDefault();
      void submit();
    }
  }

  return (
    <FileDrop onFiles={add}>
      {answer !== null && <CommandResponse answer={answer} onDismiss={dismiss} />}
      <div className="composer" data-testid={threadId === null ? 'composer' : 'thread-composer'}>
        <CommandList completion={completion} />
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
            {...completion.field}
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
            disabled={isEmpty || isUploading}
            data-testid="send"
            onClick={() => void submit()}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
    </FileDrop>
  );
}
