import { callPreferences } from '../settings/callPreferences';
import type { CallSound } from './eventSounds';

interface Tone {
  hertz: number;
  /** From the sound's beginning, in seconds. */
  at: number;
}

// Up for coming, down for going; made here, so that there is no file to load.
const melodies: Record<CallSound, Tone[]> = {
  self_joined: [
    { hertz: 523.25, at: 0 },
    { hertz: 659.25, at: 0.09 },
    { hertz: 783.99, at: 0.18 },
  ],
  joined: [
    { hertz: 587.33, at: 0 },
    { hertz: 783.99, at: 0.1 },
  ],
  left: [
    { hertz: 587.33, at: 0 },
    { hertz: 440, at: 0.1 },
  ],
};

const loudness = 0.08; // Noticed, and no fright: voices are ten times as loud.
const toneSeconds = 0.22;
const attackSeconds = 0.012; // Without it a tone clicks.
const silent = 0.0001; // An exponential ramp cannot reach nought.

/** Plays a short sound, unless the user wants none. A computer that cannot play stays silent. */
export function playSound(sound: CallSound): void {
  if (!callPreferences().sounds || typeof AudioContext === 'undefined') {
    return;
  }

  try {
    const context = new AudioContext();
    const tones = melodies[sound];
    tones.forEach((tone) => play(context, tone));
    const endsAt = (tones.at(-1)?.at ?? 0) + toneSeconds;
    window.setTimeout(() => void context.close().catch(() => undefined), endsAt * 1000 + 200);
  } catch {
    // No sound card, or the browser plays nothing before the page was touched.
  }
}

function play(context: AudioContext, { hertz, at }: Tone): void {
  const begin = context.currentTime + at;
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(silent, begin);
  volume.gain.exponentialRampToValueAtTime(loudness, begin + attackSeconds);
  volume.gain.exponentialRampToValueAtTime(silent, begin + toneSeconds);
  const oscillator = new OscillatorNode(context, { frequency: hertz, type: 'sine' });
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + toneSeconds);
}
