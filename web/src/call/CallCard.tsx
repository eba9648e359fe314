import { useState } from 'react';
import { channelPath } from '../route';
import { Icon } from '../ui/Icon';
import { useThread } from '../workspace/useThread';
import { findChannel } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import { CallControls } from './CallControls';
import { CallTimer } from './CallTimer';
import type { CallView } from './callEngine';
import { CallHealth } from './CallHealth';
import type { CallState } from './callState';
import { ParticipantList } from './ParticipantList';
import { SpeakingNow } from './SpeakingNow';
import { useWidgetPlace } from './useWidgetPlace';
import { VoiceAudio } from './VoiceAudio';
import { WidgetGrip } from './WidgetGrip';

/** The card of a call: where, since when, how it is, who is there and speaks, and what one can do. */
export function CallCard({ view, state }: { view: CallView; state: CallState }) {
  const workspace = useWorkspace();
  const [isListOpen, setListOpen] = useState(false);
  const { widget, isFloating, grip } = useWidgetPlace();
  const { call } = state;
  const channel = findChannel(workspace.state, call.channelId);
  useThread(call.threadId); // What is written there counts as unread until it is looked at.

  return (
    <section
      ref={widget}
      className="call-widget"
      data-floating={isFloating}
      aria-label="Call"
      data-testid="call-widget"
      data-channel-id={call.channelId}
      data-call-id={call.id}
      data-session-id={state.sessionId}
      data-media={view.media}
      data-muted={view.muted}
    >
      <VoiceAudio voices={view.voices} slots={state.slots} sessions={call.sessions} speakerId={view.devices.speakerId} />
      <div className="call-widget-head">
        {grip !== null && <WidgetGrip grip={grip} />}
        <span className="live-dot" />
        <a
          href={channelPath(call.channelId)}
          className="call-widget-title"
          onClick={(event) => {
            event.preventDefault();
            workspace.navigate(channelPath(call.channelId));
          }}
        >
          {call.title ?? channel?.displayName ?? 'Call'}
        </a>
        <CallTimer startedAt={call.startedAt} />
      </div>
      <CallHealth view={view} />
      {isListOpen && <ParticipantList state={state} />}
      <div className="call-widget-body">
        <SpeakingNow state={state} />
        <button
          type="button"
          className="participants-button"
          aria-expanded={isListOpen}
          aria-label={`Participants: ${call.sessions.length}`}
          title="Participants"
          data-testid="participants-button"
          onClick={() => setListOpen(!isListOpen)}
        >
          <Icon name="group" size={18} />
          <span className="tabular">{call.sessions.length}</span>
        </button>
      </div>
      <CallControls view={view} state={state} />
    </section>
  );
}
