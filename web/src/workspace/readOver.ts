import type { Channel } from '../protocol/workspace';

/** Pure: what was read, but for what events have changed since it was asked for: those are newer. */
export function readOver(before: Channel | null, present: Channel, read: Channel): Channel {
  if (before === null || before === present) {
    return read;
  }

  const told = Object.entries(present).filter(([name, value]) => before[name as keyof Channel] !== value);
  return { ...read, ...Object.fromEntries(told) };
}

/** Pure: my channels as they were read, but for those that were entered, left or changed since they were asked for. */
export function readChannels(before: readonly Channel[] | null, present: Channel[] | null, read: Channel[]): Channel[] {
  const find = (all: readonly Channel[] | null, id: string) => all?.find((channel) => channel.id === id) ?? null;
  const merged = read
    .filter(({ id }) => find(before, id) === null || find(present, id) !== null)
    .map((channel) => {
      const now = find(present, channel.id);
      return now === null ? channel : readOver(find(before, channel.id), now, channel);
    });
  const entered = (present ?? []).filter(({ id }) => find(before, id) === null && find(read, id) === null);
  return [...merged, ...entered];
}
