import { useEffect, useState } from 'react';
import { useCall } from '../call/useCall';
import { Icon } from '../ui/Icon';

// A connection that comes at once needs no words.
const silenceMs = 1_500;

/** Says that the service is away, and that this page comes back by itself. */
export function ConnectionBanner() {
  const { hub, state } = useCall();
  const isAway = hub !== 'connected';
  const [isShown, setShown] = useState(false);

  useEffect(() => {
    if (!isAway) {
      setShown(false);
      return undefined;
    }

    const timer = window.setTimeout(() => setShown(true), silenceMs);
    return () => window.clearTimeout(timer);
  }, [isAway]);

  return (
    <div className="connection-banner" role="status" data-testid="connection-banner" hidden={!isShown}>
      {isShown && (
        <>
          <Icon name="warning" size={18} />
          <span>
            {hub === 'connecting' ? 'Connecting to the service…' : 'The connection is lost. Reconnecting…'}
            {state !== null && ' You stay in the call meanwhile.'}
          </span>
        </>
      )}
    </div>
  );
}
