import { RefusedError } from '../api/refusals';
import type { ResumedSession } from '../protocol/hubMethods';
import type { HubLink } from './hub';
import { type KeptSession, keepSession } from './sessionMemory';

/**
 * Takes the session over to this connection. Null: its token was used up by an earlier `Resume` of this page whose answer
 * was lost, so nobody else has the session; what is left then is to move it here.
 */
export async function resumeSession(hub: HubLink, kept: KeptSession): Promise<ResumedSession | null> {
  keepSession({ ...kept, isInDoubt: true }); // A reload in between has to know, too.
  const { sessionId, resumeToken, seq } = kept;
  try {
    return await hub.invoke('Resume', { sessionId, resumeToken, lastSeq: seq });
  } catch (failure) {
    if (kept.isInDoubt && failure instanceof RefusedError && failure.code === 'resume_lost') {
      return null;
    }

    throw failure;
  }
}
