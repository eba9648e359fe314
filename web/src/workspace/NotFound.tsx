import { BareHeader } from './BareHeader';
import { useWorkspace } from './workspaceContext';

/** The same page for what is not there and for what one may not see. */
export function NotFound({ onMenu }: { onMenu: () => void }) {
  const { navigate } = useWorkspace();
  return (
    <main className="channel">
      <BareHeader onMenu={onMenu} />
      <div className="empty" data-testid="not-found">
        <h1>There is nothing here</h1>
        <p>The channel does not exist, or you may not see it.</p>
        <button type="button" className="button button-quiet" onClick={() => navigate('/')}>
          Go to your channels
        </button>
      </div>
    </main>
  );
}
