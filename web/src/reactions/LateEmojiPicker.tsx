import type { Emoji } from '../protocol/answers';
import { Later } from '../ui/later';
import { useLater } from '../ui/useLater';

// All of its pictures' names are half a megabyte.
const picker = new Later(async () => (await import('./EmojiPicker')).EmojiPicker);

/** The picker, once it is here. Firefox remembers for as long as the page lives that a file could not be loaded. */
export function LateEmojiPicker({ onChoose }: { onChoose: (emoji: Emoji) => void }) {
  const state = useLater(picker);
  if (state.kind === 'loaded') {
    const EmojiPicker = state.value;
    return <EmojiPicker onChoose={onChoose} />;
  }

  return state.kind === 'failed' ? (
    <div className="emoji-picker emoji-failed" role="alert" data-testid="emoji-failed">
      <p className="hint">
        The emoji could not be loaded. If trying again does not help, load the page again: you come back into the call.
      </p>
      <div className="dialog-actions">
        <button type="button" className="button button-quiet" onClick={() => window.location.reload()}>
          Load the page again
        </button>
        <button type="button" className="button button-primary" data-testid="emoji-retry" onClick={() => void picker.load()}>
          Try again
        </button>
      </div>
    </div>
  ) : (
    <p className="emoji-picker hint" aria-busy="true">
      Opening…
    </p>
  );
}
