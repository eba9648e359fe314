const storageKey = 'calls.dismissed';
const rememberedMax = 100; // More calls than are live at once in the channels of one person.

/** The calls whose banner was dismissed in this tab. */
export function dismissedCalls(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** One more; gives all of them. */
export function dismissCall(callId: string): string[] {
  const dismissed = [...dismissedCalls().filter((id) => id !== callId), callId].slice(-rememberedMax);
  sessionStorage.setItem(storageKey, JSON.stringify(dismissed));
  return dismissed;
}
