import { useCallback, useState } from 'react';
import type { Slots } from '../protocol/events';
import { VoiceSlot } from './VoiceSlot';
import type { VoiceTrack } from './peer';
import { whoIsIn } from './voiceSlots';

interface VoiceAudioProps {
  voices: readonly VoiceTrack[];
  slots: Slots;
  speakerId: string;
}

/** The sound of every voice slot. Browsers may keep a page silent until it was touched, as after a reload. */
export function VoiceAudio({ voices, slots, speakerId }: VoiceAudioProps) {
  const [attempt, setAttempt] = useState(0);
  const [isBlocked, setBlocked] = useState(false);
  const onBlocked = useCallback(() => setBlocked(true), []);

  return (
    <>
      {voices.map(({ key, slot, track }) => (
        <VoiceSlot
          key={`${key}-${attempt}`}
          slot={slot}
          track={track}
          sessionId={whoIsIn(slots, slot)}
          speakerId={speakerId}
          onBlocked={onBlocked}
        />
      ))}
      {isBlocked && (
        <button
          type="button"
          className="button button-primary sound-on"
          data-testid="sound-on"
          onClick={() => {
            setBlocked(false);
            setAttempt(attempt + 1);
          }}
        >
          Turn the sound on
        </button>
      )}
    </>
  );
}
