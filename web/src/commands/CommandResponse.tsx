import { assertNever } from '../assertNever';
import { channelPath } from '../route';
import { CopyButton } from '../ui/CopyButton';
import { Icon } from '../ui/Icon';
import { opensElsewhere } from '../ui/opensElsewhere';
import { PostText } from '../workspace/PostText';
import { textParts } from '../workspace/textParts';
import { useWorkspace } from '../workspace/workspaceContext';
import type { CommandAnswer } from './answer';

/** The answer to a slash command, for nobody else to see; it stays where it was asked for until it is dismissed. */
export function CommandResponse({ answer, onDismiss }: { answer: CommandAnswer; onDismiss: () => void }) {
  const copied = toCopy(answer);
  return (
    <div className="command-response" role="status" data-testid="command-response">
      <div className="command-response-body">
        <Body answer={answer} />
        <p className="hint">Only you see this.</p>
      </div>
      {copied !== null && <CopyButton text={copied} />}
      <button type="button" className="button-icon" aria-label="Dismiss" onClick={onDismiss} data-testid="dismiss-response">
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

function Body({ answer }: { answer: CommandAnswer }) {
  const { navigate } = useWorkspace();
  switch (answer.kind) {
    case 'text':
      return <PostText text={answer.text} isEdited={false} />;
    case 'statistics':
      return (
        <>
          <p>The figures of your last call:</p>
          <pre className="code-block" tabIndex={0} aria-label="Figures of your last call" data-testid="statistics">
            {answer.json}
          </pre>
        </>
      );
    case 'log': {
      const path = channelPath(answer.channelId);
      return (
        <p>
          Your client’s log is a file in{' '}
          <a
            href={path}
            data-testid="open-log"
            onClick={(event) => {
              if (!opensElsewhere(event)) {
                event.preventDefault();
                navigate(path);
              }
            }}
          >
            your conversation with Calls
          </a>
          .
        </p>
      );
    }
    default:
      return assertNever(answer);
  }
}

// A link is asked for to be pasted elsewhere.
function toCopy(answer: CommandAnswer): string | null {
  switch (answer.kind) {
    case 'statistics':
      return answer.json;
    case 'text': {
      const [part, ...others] = textParts(answer.text);
      return others.length === 0 ? (part?.href ?? null) : null;
    }
    case 'log':
      return null;
    default:
      return assertNever(answer);
  }
}
