/** What a slash command was answered with: for the asker alone, and gone with the page. */
export type CommandAnswer =
  | { kind: 'text'; text: string }
  | { kind: 'statistics'; json: string }
  | { kind: 'log'; channelId: string };
