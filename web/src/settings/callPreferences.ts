import { BrowserChoices } from './browserChoices';

/** How this browser's user likes calls to behave. */
export interface CallPreferences {
  pushToTalk: boolean;
  /** Short sounds when people come and go. */
  sounds: boolean;
  /** Say so when the user speaks while muted. */
  tellsMutedVoice: boolean;
}

const defaults: CallPreferences = { pushToTalk: true, sounds: true, tellsMutedVoice: true };
const choices = new BrowserChoices<CallPreferences>('calls.preferences', (kept) => ({ ...defaults, ...kept }));

export const callPreferences = choices.present;
export const onCallPreferences = choices.subscribe;

export function changeCallPreferences(difference: Partial<CallPreferences>): void {
  choices.change((present) => ({ ...present, ...difference }));
}
