import { clientLog } from '../diagnostics/clientLog';
import { forgetDrafts } from './drafts';

const storageKey = 'calls.user';

/** Forgets everything that this tab knows of its user; somebody else may sign in next. */
export function forgetUser(): void {
  forgetDrafts();
  clientLog.clear();
  // The kept session, what was seen and dismissed: all that a tab keeps is its user's.
  sessionStorage.clear();
}

/** Makes this tab the user's; what another one left here is forgotten first, as when they were signed out elsewhere. */
export function takeTab(userId: string): void {
  const former = sessionStorage.getItem(storageKey);
  if (former !== null && former !== userId) {
    forgetUser();
  }

  sessionStorage.setItem(storageKey, userId);
}
