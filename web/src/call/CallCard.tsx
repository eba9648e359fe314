import { type RefObject, useState } from 'react';
import { HostBar } from '../host/HostBar';
import { Reactions } from '../reactions/Reactions';
import { channelPath } from '../route';
import { Icon } from '../ui/Icon';
import { opensElsewhere } from '../ui/opensElsewhere';
import { findChannel } from '../workspace/workspaceState';
import { useWorkspace } from '../workspace/workspaceContext';
import { CallControls } from './CallControls';
import { CallTimer } from './CallTimer';
import type { CallView } from './callEngine';
import { CallHealth } from './CallHealth';
import type { CallState } from './callState';
import { MutedVoiceBanner } from './MutedVoiceBanner';
import { ParticipantList } from './ParticipantList';
import { SpeakingNow } from './SpeakingNow';
import { useWidgetPlace } from './useWidgetPlace';
import { WidgetGrip } from './WidgetGrip';

interface CallCardProps {
  view: CallView;
  state: CallState;
  expandButton: RefObject<HTMLButtonElement | null>;
  onExpand: () => void;
}

/** The card of a call: where, since when, how it is, who is there and speaks, and what one can do. */
export function CallCard({ view, state, expandButton, onExpand }: CallCardProps) {
  const workspace = useWorkspace();
  const [isListOpen, setListOpen] = useState(false);
  const { widget, isFloating, grip } = useWidgetPlace();
  const { call } = state;
  const channel = findChannel(workspace.state, call.channelId);

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
      <div className="call-widget-head">
        {grip !== null && <WidgetGrip grip={grip} />}
        <span className="live-dot" />
        <a
          href={channelPath(call.channelId)}
          className="call-widget-title"
          onClick={(event) => {
            if (!opensElsewhere(event)) {
              event.preventDefault();
              workspace.navigate(channelPath(call.channelId));
            }
          }}
        >
          {call.title ?? channel?.displayName ?? 'Call'}
        </a>
        <CallTimer startedAt={call.startedAt} />
        <button
          ref={expandButton}
          type="button"
          className="button-icon expand-button"
          aria-label="Show the call in the whole window"
          title="Show the call in the whole window"
          data-testid="expand-button"
          onClick={onExpand}
        >
          <Icon name="expand" size={18} />
        </button>
      </div>
      <CallHealth view={view} />
      <MutedVoiceBanner view={view} />
      {isListOpen && (
        <div className="call-widget-list">
          <ParticipantList state={state} reactions={view.reactions} />
          <HostBar state={state} />
        </div>
      )}
      <SpeakingNow state={state} />
      {view.reactions.length > 0 && <Reactions state={state} shown={view.reactions} />}
      <CallControls view={view} state={state} isListOpen={isListOpen} onToggleList={() => setListOpen(!isListOpen)} />
    </section>
  );
}
