import { useCallback, useState } from 'react';
import type { SessionSnapshot } from '../protocol/answers';
import type { Slots } from '../protocol/events';
import { useSpeakerInUse } from '../settings/useSpeakerInUse';
import { VoiceSlot } from './VoiceSlot';
import type { VoiceTrack } from './peer';
import { whoIsIn } from './voiceSlots';

interface VoiceAudioProps {
  voices: readonly VoiceTrack[];
  slots: Slots;
  sessions: readonly SessionSnapshot[];
  speakerId: string;
}

/** The sound of every voice slot. Browsers may keep a page silent until it was touched, as after a reload. */
export function VoiceAudio({ voices, slots, sessions, speakerId: chosenSpeaker }: VoiceAudioProps) {
  const [attempt, setAttempt] = useState(0);
  const [isBlocked, setBlocked] = useState(false);
  const speakerId = useSpeakerInUse(chosenSpeaker);
  const userIn = (slot: number) => sessions.find((session) => session.sessionId === whoIsIn(slots, slot))?.userId ?? null;
  const onBlocked = useCallback(() => setBlocked(true), []);

  return (
    <>
      {voices.map(({ key, slot, track }) => (
        <VoiceSlot
          key={`${key}-${attempt}`}
          slot={slot}
          track={track}
          sessionId={whoIsIn(slots, slot)}
          userId={userIn(slot)}
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
