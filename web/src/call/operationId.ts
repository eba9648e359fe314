/** Names one wish of the user, so that asking twice for it does it once. `randomUUID` is missing on plain http. */
export function newOperationId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (value) => value.toString(16).padStart(2, '0')).join('');
}
