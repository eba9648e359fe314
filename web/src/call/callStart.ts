/** What a call has that starts now; of no meaning for one that is live. */
export interface CallStart {
  title: string | null;
  threadId: string | null;
  /** The session of mine on another device that goes on here; left out, this is one more device. */
  from?: string;
}

export const plainStart: CallStart = { title: null, threadId: null };
