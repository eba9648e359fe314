import { type LoudnessMeter, openLoudnessMeter } from '../settings/loudnessMeter';

/** Loud enough for a voice close by; a keyboard or a fan is below. */
const voiceDb = -42;
const lookEveryMs = 100;
/** Of the last looks so many must be loud: a word is, a knock is not. */
const looks = 10;
const loudLooks = 6;

/** Pure: whether the last levels, in dBFS, sound like somebody who speaks. */
export function soundsLikeVoice(levels: readonly number[]): boolean {
  return levels.slice(-looks).filter((level) => level > voiceDb).length >= loudLooks;
}

/**
 * Listens to the microphone of somebody who is muted, in this browser alone, and says once that they speak.
 * Returns what stops it.
 */
export function listenWhileMuted(track: MediaStreamTrack, onVoice: () => void): () => void {
  // The muted track itself is disabled, and so silent.
  const ear = track.clone();
  ear.enabled = true;
  const meter = openMeter(ear);
  if (meter === null) {
    return () => undefined;
  }

  let levels: number[] = [];
  const timer = window.setInterval(() => {
    levels = [...levels, meter.levelDb()].slice(-looks);
    if (soundsLikeVoice(levels)) {
      stop();
      onVoice();
    }
  }, lookEveryMs);
  const stop = () => {
    window.clearInterval(timer);
    meter.close();
  };
  return stop;
}

// A word to those who speak while muted is a kindness: without it, muting works all the same.
function openMeter(ear: MediaStreamTrack): LoudnessMeter | null {
  try {
    return openLoudnessMeter([ear]);
  } catch {
    return null;
  }
}
