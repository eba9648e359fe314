import { type CallState, findSession } from './callState';

/** Pure: the users whose voices are heard, the dominant one first, each once however many devices speak. */
export function speakingUsers(state: CallState): string[] {
  const { sessionIds, dominant } = state.speaking;
  const ordered = [...sessionIds].sort((a, b) => Number(b === dominant) - Number(a === dominant));
  return [...new Set(ordered.flatMap((id) => findSession(state, id)?.userId ?? []))];
}

/** Pure: who speaks, in words short enough for the widget; in a quiet call, whether anybody else is there. */
export function speakingSentence(
  speakers: readonly string[],
  me: string,
  nameOf: (userId: string) => string,
  present: number,
): string {
  if (speakers.length === 0) {
    return present === 1 ? 'Nobody else is here yet' : 'Nobody is speaking';
  }

  const others = speakers.filter((userId) => userId !== me).map(nameOf);
  const names = others.length < speakers.length ? ['You', ...others] : others;
  const [first = '', second = ''] = names;
  switch (names.length) {
    case 1:
      return first === 'You' ? 'You are speaking' : `${first} is speaking`;
    case 2:
      return `${first} and ${second}`;
    default:
      return `${first} and ${names.length - 1} others`;
  }
}
