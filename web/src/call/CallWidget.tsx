import { useWorkspace } from '../workspace/workspaceContext';
import { CallCard } from './CallCard';
import { useCall } from './useCall';
import { useInCallShortcuts } from './useInCallShortcuts';
import { usePushToTalk } from './usePushToTalk';

/** The call this browser is in, on every page (S9). */
export function CallWidget() {
  const { engine } = useWorkspace();
  const view = useCall();
  useInCallShortcuts(view.state !== null);
  usePushToTalk(engine, view.state !== null);
  return view.state === null ? null : <CallCard view={view} state={view.state} />;
}
