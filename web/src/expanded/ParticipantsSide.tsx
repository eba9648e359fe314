import type { CallState } from '../call/callState';
import { ParticipantList } from '../call/ParticipantList';
import { HostBar } from '../host/HostBar';
import type { ShownReaction } from '../reactions/shownReactions';
import { Icon } from '../ui/Icon';

interface ParticipantsSideProps {
  state: CallState;
  reactions: readonly ShownReaction[];
  onClose: () => void;
}

export function ParticipantsSide({ state, reactions, onClose }: ParticipantsSideProps) {
  return (
    <section className="participants-side" aria-label="Participants">
      <header className="thread-header">
        <h2>Participants</h2>
        <button type="button" className="button-icon" aria-label="Close participants" onClick={onClose} data-testid="close-participants">
          <Icon name="close" />
        </button>
      </header>
      <ParticipantList state={state} reactions={reactions} />
      <HostBar state={state} />
    </section>
  );
}
