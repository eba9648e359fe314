import { RaisedHand } from '../hands/RaisedHand';
import { HostBadge } from '../host/HostBadge';
import { ParticipantMenu } from '../host/ParticipantMenu';
import type { SessionSnapshot } from '../protocol/answers';
import { LatestReaction } from '../reactions/LatestReaction';
import type { ShownReaction } from '../reactions/shownReactions';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { nameOf } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CallState } from './callState';

interface ParticipantRowProps {
  state: CallState;
  session: SessionSnapshot;
  /** Its place in the row of raised hands. */
  hand: number | undefined;
  reaction: ShownReaction | undefined;
  isSpeaking: boolean;
  /** Told apart by device only where one user has several. */
  showsDevice: boolean;
}

export function ParticipantRow({ state, session, hand, reaction, isSpeaking, showsDevice }: ParticipantRowProps) {
  const workspace = useWorkspace().state;
  const user = workspace.users[session.userId];
  const isMe = session.sessionId === state.sessionId;
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
          {nameOf(workspace, session.userId)}
          {isMe && <span className="hint">(you)</span>}
          {session.userId === state.call.hostUserId && <HostBadge />}
        </span>
        {isReconnecting && <span className="hint">reconnecting…</span>}
        {!isReconnecting && showsDevice && session.device?.name != null && <span className="hint">{session.device.name}</span>}
      </span>
      <LatestReaction reaction={reaction} />
      <RaisedHand place={hand} />
      <ParticipantMenu state={state} session={session} />
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
