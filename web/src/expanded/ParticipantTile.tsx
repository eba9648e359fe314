import type { CallState } from '../call/callState';
import { RaisedHand } from '../hands/RaisedHand';
import { HostBadge } from '../host/HostBadge';
import { ParticipantMenu } from '../host/ParticipantMenu';
import type { SessionSnapshot } from '../protocol/answers';
import { LatestReaction } from '../reactions/LatestReaction';
import type { ShownReaction } from '../reactions/shownReactions';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';

interface ParticipantTileProps {
  state: CallState;
  session: SessionSnapshot;
  /** Its place in the row of raised hands. */
  hand: number | undefined;
  reaction: ShownReaction | undefined;
  /** In pixels. */
  width: number;
  height: number;
}

const faceShare = 0.4;
const faceMax = 112;

/** Somebody in the expanded call: who, whether heard, hand, reaction, and how the connection is. */
export function ParticipantTile({ state, session, hand, reaction, width, height }: ParticipantTileProps) {
  const workspace = useWorkspace().state;
  const user = workspace.users[session.userId];
  const isMe = session.sessionId === state.sessionId;
  const isSpeaking = state.speaking.sessionIds.includes(session.sessionId);
  const isPresenting = session.sessionId === state.call.screenSessionId;
  const note = session.connection === 'disconnected' ? 'reconnecting…' : isPresenting ? 'sharing a screen' : null;
  return (
    <li
      className="tile"
      style={{ width, height }}
      data-testid="tile"
      data-session-id={session.sessionId}
      data-username={user?.username}
      data-muted={session.muted}
      data-speaking={isSpeaking}
      data-connection={session.connection}
    >
      <span className="tile-face ring" data-speaking={isSpeaking}>
        <Avatar user={user} size={Math.min(faceMax, Math.round(height * faceShare))} />
        {note !== null && <span className="tile-note">{note}</span>}
        <LatestReaction reaction={reaction} />
      </span>
      <span className="tile-name">
        <Icon name={session.muted ? 'microphoneOff' : 'microphone'} size={16} />
        <span className="visually-hidden">
          {session.muted ? 'muted' : 'unmuted'}
          {isSpeaking && ', speaking'}
        </span>
        <span className="tile-name-text">{isMe ? 'You' : nameOf(workspace, session.userId)}</span>
        {session.userId === state.call.hostUserId && <HostBadge />}
      </span>
      <RaisedHand place={hand} />
      <ParticipantMenu state={state} session={session} />
    </li>
  );
}
