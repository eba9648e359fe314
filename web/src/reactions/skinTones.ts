/** The five tones of Fitzpatrick's scale as Unicode has them; null is the yellow one. */
export const skinTones = [
  { tone: null, name: 'No skin tone' },
  { tone: '1F3FB', name: 'Light skin' },
  { tone: '1F3FC', name: 'Medium-light skin' },
  { tone: '1F3FD', name: 'Medium skin' },
  { tone: '1F3FE', name: 'Medium-dark skin' },
  { tone: '1F3FF', name: 'Dark skin' },
] as const;

export type SkinTone = (typeof skinTones)[number]['tone'];

const storageKey = 'calls.skin-tone';

export function keptSkinTone(): SkinTone {
  const kept = localStorage.getItem(storageKey);
  return skinTones.find(({ tone }) => tone === kept)?.tone ?? null;
}

export function keepSkinTone(tone: SkinTone): void {
  localStorage.setItem(storageKey, tone ?? '');
}
