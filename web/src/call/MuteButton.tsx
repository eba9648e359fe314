import { shortcutText } from '../shortcuts/shortcutText';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallView } from './callEngine';

export function MuteButton({ view }: { view: CallView }) {
  const { engine } = useWorkspace();
  const { muted } = view;
  const isOpening = view.microphone.kind === 'opening';
  return (
    <button
      type="button"
      className="mute-button"
      data-muted={muted}
      aria-label={muted ? 'Unmute' : 'Mute'}
      aria-busy={isOpening}
      title={`${muted ? 'Unmute' : 'Mute'} (${shortcutText('mute')})`}
      data-testid="mute-button"
      onClick={() => void engine.setMuted(!muted)}
    >
      <Icon name={muted ? 'microphoneOff' : 'microphone'} />
      <span>{isOpening ? 'Opening…' : muted ? 'Unmute' : 'Mute'}</span>
    </button>
  );
}
