import { useEffect } from 'react';
import { useCallPreferences } from '../settings/useCallPreferences';
import { usesSpace } from '../shortcuts/isTyping';
import type { CallEngine } from './callEngine';
import { PushToTalk } from './pushToTalk';

/** Hold the space bar to talk, if the user has it on. */
export function usePushToTalk(engine: CallEngine): void {
  const [{ pushToTalk: isOn }] = useCallPreferences();

  useEffect(() => {
    if (!isOn) {
      return undefined;
    }

    const talk = new PushToTalk(
      () => engine.view.muted,
      (muted) => void engine.setMuted(muted),
    );
    const press = (event: KeyboardEvent) => {
      if (talk.press(event, usesSpace(event.target))) {
        event.preventDefault(); // The page would scroll.
      }
    };
    const release = (event: KeyboardEvent) => {
      if (event.code === 'Space') {
        talk.release();
      }
    };
    // A page that is left hears nothing of the key being let go.
    const away = () => talk.release();
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', release);
    window.addEventListener('blur', away);
    document.addEventListener('visibilitychange', away);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', away);
      document.removeEventListener('visibilitychange', away);
      talk.release();
    };
  }, [engine, isOn]);
}
