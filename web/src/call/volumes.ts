import { BrowserChoices } from '../settings/browserChoices';

/** How loud this browser's user wants to hear somebody. */
export interface Volume {
  /** 0 to 1: what an audio element can do. */
  level: number;
  isMuted: boolean;
}

const full: Volume = { level: 1, isMuted: false };
const choices = new BrowserChoices<Record<string, Volume>>('calls.volumes', (kept) => kept as Record<string, Volume>);

export const onVolumes = choices.subscribe;

export function volumeOf(userId: string | null): Volume {
  return userId === null ? full : (choices.present()[userId] ?? full);
}

export function changeVolume(userId: string, difference: Partial<Volume>): void {
  choices.change(({ [userId]: former = full, ...others }) => {
    const next = { ...former, ...difference };
    // Only what differs from the ordinary is kept.
    return next.level === full.level && !next.isMuted ? others : { ...others, [userId]: next };
  });
}
