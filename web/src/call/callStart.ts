/** What a call has that starts now; of no meaning for one that is live. */
export interface CallStart {
  title: string | null;
  threadId: string | null;
}

export const plainStart: CallStart = { title: null, threadId: null };
