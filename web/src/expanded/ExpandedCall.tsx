import { useEffect, useRef, useState } from 'react';
import type { CallView } from '../call/callEngine';
import { CallChat } from '../call/CallChat';
import { CallHealth } from '../call/CallHealth';
import type { CallState } from '../call/callState';
import { MutedVoiceBanner } from '../call/MutedVoiceBanner';
import { isTyping } from '../shortcuts/isTyping';
import { Reactions } from '../reactions/Reactions';
import { ExpandedControls } from './ExpandedControls';
import { ExpandedHead } from './ExpandedHead';
import { ParticipantsSide } from './ParticipantsSide';
import { TileGrid } from './TileGrid';

export type ExpandedPanel = 'participants' | 'chat';

interface ExpandedCallProps {
  view: CallView;
  state: CallState;
  onClose: () => void;
}

/** The call over the whole window: everybody in tiles, and the participants or the chat beside them. */
export function ExpandedCall({ view, state, onClose }: ExpandedCallProps) {
  const root = useRef<HTMLElement>(null);
  const [panel, setPanel] = useState<ExpandedPanel | null>(null);
  const toggle = (one: ExpandedPanel) => setPanel(panel === one ? null : one);
  useEffect(() => root.current?.focus(), []);

  return (
    <section
      ref={root}
      className="expanded"
      role="dialog"
      aria-modal="true"
      aria-label="Call"
      tabIndex={-1}
      data-testid="expanded-call"
      data-panel={panel}
      data-muted={view.muted}
      data-media={view.media}
      onKeyDown={(event) => {
        // Menus, dialogs and texts inside keep their Escape to themselves.
        if (event.key === 'Escape' && !event.defaultPrevented && !isTyping(event.target) && root.current?.querySelector('dialog[open]') == null) {
          onClose();
        }
      }}
    >
      <ExpandedHead state={state} panel={panel} onPanel={toggle} onClose={onClose} />
      <div className="expanded-body">
        <div className="stage">
          <CallHealth view={view} />
          <MutedVoiceBanner view={view} />
          <TileGrid state={state} reactions={view.reactions} onMore={() => setPanel('participants')} />
          <Reactions state={state} shown={view.reactions} />
        </div>
        {panel === 'participants' && (
          <ParticipantsSide state={state} reactions={view.reactions} onClose={() => setPanel(null)} />
        )}
        {panel === 'chat' && <CallChat state={state} onClose={() => setPanel(null)} />}
      </div>
      <footer className="expanded-foot">
        <ExpandedControls view={view} state={state} onShowChat={() => setPanel('chat')} />
      </footer>
    </section>
  );
}
