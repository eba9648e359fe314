/** What decides which commands make sense right now, in one channel. */
export interface CommandSituation {
  /** Whether a call could be started here by this user. */
  mayStart: boolean;
  isLive: boolean;
  /** Whether this browser is in the channel's call. */
  isInCall: boolean;
  /** Whether the call takes orders from this user: its host, or an admin. */
  mayRun: boolean;
  /** Whether this browser has been in a call whose figures are kept. */
  hasStatistics: boolean;
  /** Who could be made host. */
  people: CommandPerson[];
}

export interface CommandPerson {
  username: string;
  displayName: string;
}

/** A line the composer may be completed to. */
export interface CommandOption {
  /** What the composer holds once it is chosen. */
  text: string;
  title: string;
  /** Follows the title, in another style. */
  argument: string;
  help: string;
}

interface SlashCommand {
  verb: string;
  argument: string;
  help: string;
  isOffered: (situation: CommandSituation) => boolean;
}

const name = '/call';

const commands: SlashCommand[] = [
  { verb: 'start', argument: '[title]', help: 'Start a call here', isOffered: (now) => !now.isLive && now.mayStart },
  { verb: 'join', argument: '', help: 'Join the call', isOffered: (now) => now.isLive && !now.isInCall },
  { verb: 'leave', argument: '', help: 'Leave the call', isOffered: (now) => now.isInCall },
  { verb: 'host', argument: '@user', help: 'Make somebody in the call its host', isOffered: (now) => now.mayRun && now.people.length > 0 },
  { verb: 'mute-all', argument: '', help: 'Mute everybody but you', isOffered: (now) => now.mayRun },
  { verb: 'end', argument: '', help: 'End the call for everyone', isOffered: (now) => now.mayRun },
  { verb: 'link', argument: '', help: 'The link that opens this channel and joins', isOffered: () => true },
  { verb: 'stats', argument: '', help: 'Figures of your last call', isOffered: (now) => now.hasStatistics },
  { verb: 'logs', argument: '', help: 'Send your client’s log to yourself as a file', isOffered: () => true },
  { verb: 'help', argument: '', help: 'What there is', isOffered: () => true },
];

/** Pure: whether a line is for the service and not for people, who also write paths and dates that begin with a slash. */
export function isCommand(text: string): boolean {
  return /^\/call(\s|$)/i.test(text);
}

/** Pure: what the beginning of a line may become. Nothing once it is a whole command. */
export function commandOptions(text: string, situation: CommandSituation): CommandOption[] {
  if (!text.startsWith('/') || text.includes('\n')) {
    return [];
  }

  const lower = text.toLowerCase();
  const person = /^\/call\s+host\s+@?(\S*)$/.exec(lower)?.[1];
  const options =
    person !== undefined && situation.mayRun
      ? people(person, situation.people)
      : subcommands(name.startsWith(lower) ? '' : /^\/call\s+(\S*)$/.exec(lower)?.[1], situation);
  return options.length === 1 && options[0]?.text.trim() === lower.trim() && !options[0].text.endsWith(' ') ? [] : options;
}

/** Pure: whether choosing the option changes nothing, so that Enter may send the line. */
export function isTyped(option: CommandOption, text: string): boolean {
  return option.text.trim() === text.trim().toLowerCase();
}

function subcommands(prefix: string | undefined, situation: CommandSituation): CommandOption[] {
  return prefix === undefined
    ? []
    : commands
        .filter((command) => command.verb.startsWith(prefix) && command.isOffered(situation))
        .map(({ verb, argument, help }) => ({
          text: `${name} ${verb}${argument === '' ? '' : ' '}`,
          title: `${name} ${verb}`,
          argument,
          help,
        }));
}

function people(prefix: string, all: CommandPerson[]): CommandOption[] {
  return all
    .filter((person) => person.username.startsWith(prefix) || person.displayName.toLowerCase().startsWith(prefix))
    .map(({ username, displayName }) => ({ text: `${name} host @${username}`, title: `@${username}`, argument: '', help: displayName }));
}
