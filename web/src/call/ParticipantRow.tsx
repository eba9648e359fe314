import type { SessionSnapshot } from '../protocol/answers';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { nameOf } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import { VolumeMenu } from './VolumeMenu';

interface ParticipantRowProps {
  session: SessionSnapshot;
  isMe: boolean;
  isHost: boolean;
  isSpeaking: boolean;
  /** Told apart by device only where one user has several. */
  showsDevice: boolean;
}

export function ParticipantRow({ session, isMe, isHost, isSpeaking, showsDevice }: ParticipantRowProps) {
  const { state } = useWorkspace();
  const user = state.users[session.userId];
  const isReconnecting = session.connection === 'disconnected';
  return (
    <li
      className="participant"
      data-testid="participant"
      data-session-id={session.sessionId}
      data-username={user?.username}
      data-muted={session.muted}
      data-speaking={isSpeaking}
      data-connection={session.connection}
    >
      <span className="ring" data-speaking={isSpeaking}>
        <Avatar user={user} size={28} />
      </span>
      <span className="participant-names">
        <span className="participant-name">
          {nameOf(state, session.userId)}
          {isMe && <span className="hint"> (you)</span>}
          {isHost && <span className="tag">host</span>}
        </span>
        {isReconnecting && <span className="hint">reconnecting…</span>}
        {!isReconnecting && showsDevice && session.device?.name != null && <span className="hint">{session.device.name}</span>}
      </span>
      {session.userId !== state.me.id && <VolumeMenu userId={session.userId} name={nameOf(state, session.userId)} />}
      <span className="participant-state" title={session.muted ? 'Muted' : 'Unmuted'}>
        <Icon name={session.muted ? 'microphoneOff' : 'microphone'} size={18} />
        <span className="visually-hidden">
          {session.muted ? 'muted' : 'unmuted'}
          {isSpeaking && ', speaking'}
        </span>
      </span>
    </li>
  );
}
