import { randomHex } from './randomHex';

/** Names one wish of the user, so that asking twice for it does it once. */
export function newOperationId(): string {
  return randomHex(16);
}
