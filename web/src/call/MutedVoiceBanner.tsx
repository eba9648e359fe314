import { shortcutText } from '../shortcuts/shortcutText';
import { Icon } from '../ui/Icon';
import type { CallView } from './callEngine';

/** Somebody speaks and nobody hears it. */
export function MutedVoiceBanner({ view }: { view: CallView }) {
  const isShown = view.muted && view.spokeWhileMuted;
  return (
    <div className="call-health" role="status" data-trouble="false" data-testid="muted-voice" hidden={!isShown}>
      {isShown && (
        <>
          <Icon name="microphoneOff" size={16} />
          <span>You are muted. Press {shortcutText('mute')} to unmute.</span>
        </>
      )}
    </div>
  );
}
