import { useId } from 'react';
import { useCall } from '../call/useCall';
import { Icon } from '../ui/Icon';
import { useWorkspace } from '../workspace/workspaceContext';
import { nameOf } from '../workspace/workspaceState';

/**
 * Somebody asks this session to unmute (S42). It takes no focus: whoever is writing at that moment must not open their
 * microphone by the next space.
 */
export function UnmutePrompt() {
  const { engine, state } = useWorkspace();
  const by = useCall().state?.unmuteAskedBy ?? null;
  const titleId = useId();
  return (
    <div className="prompts" aria-live="assertive">
      {by !== null && (
        <section className="prompt" role="group" aria-labelledby={titleId} data-testid="unmute-prompt">
          <Icon name="microphone" />
          <p id={titleId}>{nameOf(state, by)} asks you to unmute.</p>
          <div className="prompt-actions">
            <button
              type="button"
              className="button button-quiet"
              data-testid="stay-muted"
              onClick={() => void engine.answerUnmute(false)}
            >
              Stay muted
            </button>
            <button
              type="button"
              className="button button-live"
              data-testid="prompt-unmute"
              onClick={() => void engine.answerUnmute(true)}
            >
              Unmute
            </button>
          </div>
        </section>
      )}
    </div>
  );
}
