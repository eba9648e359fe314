import { Icon } from '../ui/Icon';
import type { CallView } from './callEngine';
import { microphoneSentence } from './microphoneProblem';

/** What is not as it should be with the call, as a sentence; nothing while all is well. */
export function CallHealth({ view }: { view: CallView }) {
  const sentence = healthSentence(view);
  // Connecting for the first time is no trouble.
  const isTrouble = !(view.isBack && view.media === 'connecting');
  return (
    <div className="call-health" role="status" data-testid="call-health" data-trouble={isTrouble} hidden={sentence === null}>
      {sentence !== null && (
        <>
          {isTrouble && <Icon name="warning" size={16} />}
          <span>{sentence}</span>
        </>
      )}
    </div>
  );
}

function healthSentence({ isBack, media, microphone }: CallView): string | null {
  if (!isBack) {
    return 'Connection lost. Reconnecting… Audio goes on meanwhile.';
  }

  if (media === 'connecting') {
    return 'Connecting audio…';
  }

  if (media === 'reconnecting') {
    return 'Audio is interrupted. Reconnecting…';
  }

  return microphone.kind === 'unavailable' ? microphoneSentence(microphone.problem) : null;
}
