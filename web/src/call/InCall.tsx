import { useThread } from '../workspace/useThread';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallView } from './callEngine';
import type { CallState } from './callState';
import { useInCallShortcuts } from './useInCallShortcuts';
import { usePushToTalk } from './usePushToTalk';
import { VoiceAudio } from './VoiceAudio';

/** What a call needs whether its card is shown or the whole window: its voices, its keys, and its chat's posts. */
export function InCall({ view, state }: { view: CallView; state: CallState }) {
  const { engine } = useWorkspace();
  const { call, slots } = state;
  useInCallShortcuts();
  usePushToTalk(engine);
  useThread(call.threadId); // What is written there counts as unread until it is looked at.
  return <VoiceAudio voices={view.voices} slots={slots} sessions={call.sessions} speakerId={view.devices.speakerId} />;
}
