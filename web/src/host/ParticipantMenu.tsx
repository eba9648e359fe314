import { useState } from 'react';
import type { CallState } from '../call/callState';
import { useVolume } from '../call/useVolume';
import { VolumeItem } from '../call/VolumeItem';
import type { SessionSnapshot } from '../protocol/answers';
import { Icon, type IconName } from '../ui/Icon';
import { MenuButton } from '../ui/MenuButton';
import { MenuItem } from '../ui/MenuItem';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';
import { type HostChoice, hostChoices } from './hostChoices';
import { RemoveDialog } from './RemoveDialog';
import { useHostControls } from './useHostControls';

const items: Record<HostChoice, { icon: IconName; text: string; ofMine?: string }> = {
  make: { icon: 'chair', text: 'Make host', ofMine: 'Make me the host' },
  mute: { icon: 'microphoneOff', text: 'Mute' },
  'ask-unmute': { icon: 'microphone', text: 'Ask to unmute' },
  'lower-hand': { icon: 'hand', text: 'Lower hand' },
  'stop-screen': { icon: 'screenOff', text: 'Stop sharing' },
  remove: { icon: 'personOff', text: 'Remove from the call', ofMine: 'Take this device out' },
};

/** What one can do about somebody in the call: how loud they are for me, and the host's controls (S36). */
export function ParticipantMenu({ state, session }: { state: CallState; session: SessionSnapshot }) {
  const workspace = useWorkspace().state;
  const controls = useHostControls(state);
  const { isMuted } = useVolume(session.userId);
  const [isRemoving, setRemoving] = useState(false);
  const isMine = session.userId === workspace.me.id;
  const name = nameOf(workspace, session.userId);
  const choices = hostChoices(state.call, session, workspace.me, state.sessionId);
  if (isMine && choices.length === 0) {
    return null;
  }

  return (
    <>
      <MenuButton
        label={isMine ? 'Options for yourself' : `Options for ${name}`}
        testId="participant-menu"
        className="button-icon"
        face={<Icon name={isMuted && !isMine ? 'speakerOff' : 'more'} size={18} />}
      >
        {(close) => (
          <>
            {choices.map((choice) => (
              <MenuItem
                key={choice}
                icon={items[choice].icon}
                text={(isMine ? items[choice].ofMine : undefined) ?? items[choice].text}
                testId={`host-${choice}`}
                isGrave={choice === 'remove'}
                onChoose={() => {
                  close();
                  if (choice === 'remove') {
                    setRemoving(true);
                  } else {
                    controls.use(choice, session);
                  }
                }}
              />
            ))}
            {choices.length > 0 && !isMine && <hr />}
            {!isMine && <VolumeItem userId={session.userId} />}
          </>
        )}
      </MenuButton>
      {isRemoving && (
        <RemoveDialog state={state} session={session} onRemove={controls.remove} onClose={() => setRemoving(false)} />
      )}
    </>
  );
}
