import { type CallState, mySession } from '../call/callState';
import { shortcutText } from '../shortcuts/shortcutText';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { handOrder } from './handOrder';

/** My own hand; with it up, its place among the others. */
export function HandButton({ state }: { state: CallState }) {
  const { engine } = useWorkspace();
  const isUp = mySession(state)?.raisedAt != null;
  const place = handOrder(state.call.sessions).get(state.sessionId);
  return (
    <button
      type="button"
      className="button-icon control"
      data-raised={isUp}
      aria-label={isUp ? 'Lower hand' : 'Raise hand'}
      title={`${isUp ? 'Lower' : 'Raise'} hand (${shortcutText('hand')})`}
      data-testid="hand-button"
      onClick={() => void engine.setHand(!isUp)}
    >
      <Icon name="hand" />
      {place !== undefined && <span className="hand-place">{place}</span>}
    </button>
  );
}
