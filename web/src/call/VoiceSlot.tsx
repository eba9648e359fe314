import { useEffect, useRef } from 'react';
import { useVolume } from './useVolume';

interface VoiceSlotProps {
  slot: number;
  track: MediaStreamTrack;
  /** Whose voice it carries now. */
  sessionId: string | null;
  userId: string | null;
  speakerId: string;
  /** The browser does not play until the page is touched. */
  onBlocked: () => void;
}

export function VoiceSlot({ slot, track, sessionId, userId, speakerId, onBlocked }: VoiceSlotProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const { level, isMuted } = useVolume(userId);

  useEffect(() => {
    const element = audio.current;
    if (element === null) {
      return undefined;
    }

    element.srcObject = new MediaStream([track]);
    element.play().catch((failure: unknown) => {
      if (failure instanceof Error && failure.name === 'NotAllowedError') {
        onBlocked();
      }
    });
    return () => {
      element.srcObject = null;
    };
  }, [track, onBlocked]);

  useEffect(() => {
    if (audio.current !== null) {
      audio.current.volume = level;
      audio.current.muted = isMuted;
    }
  }, [level, isMuted]);

  useEffect(() => {
    // Not every browser can choose; a device that is gone leaves the sound where the system puts it.
    if (audio.current !== null && 'setSinkId' in audio.current) {
      audio.current.setSinkId(speakerId).catch(() => undefined);
    }
  }, [speakerId, track]);

  return <audio ref={audio} data-testid="voice-slot" data-slot={slot} data-session-id={sessionId ?? undefined} />;
}
