import { shortcutText } from '../shortcuts/shortcutText';
import { Icon } from '../ui/Icon';
import { useMediaQuery } from '../ui/useMediaQuery';
import type { CallView } from './callEngine';

/** Somebody speaks and nobody hears it. */
export function MutedVoiceBanner({ view }: { view: CallView }) {
  const hasKeys = useMediaQuery('(hover: hover)'); // Who has a mouse has a keyboard.
  const isShown = view.muted && view.spokeWhileMuted;
  return (
    <div className="call-health" role="status" data-trouble="false" data-testid="muted-voice" hidden={!isShown}>
      {isShown && (
        <>
          <Icon name="microphoneOff" size={16} />
          <span>You are muted. {hasKeys ? `Press ${shortcutText('mute')} to unmute.` : 'Unmute to be heard.'}</span>
        </>
      )}
    </div>
  );
}
