import { useEffect, useRef } from 'react';
import { CallCard } from './CallCard';
import { useCall } from './useCall';

interface CallWidgetProps {
  /** Then the whole window shows the call, and the card would be under it. */
  isExpanded: boolean;
  onExpand: () => void;
}

/** The call this browser is in, on every page (S9). */
export function CallWidget({ isExpanded, onExpand }: CallWidgetProps) {
  const view = useCall();
  const expandButton = useRef<HTMLButtonElement>(null);
  const wasExpanded = useRef(false);
  useEffect(() => {
    if (wasExpanded.current && !isExpanded) {
      expandButton.current?.focus(); // Where one came from.
    }

    wasExpanded.current = isExpanded;
  }, [isExpanded]);

  return view.state === null || isExpanded ? null : (
    <CallCard view={view} state={view.state} expandButton={expandButton} onExpand={onExpand} />
  );
}
