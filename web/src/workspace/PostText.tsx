import type { MouseEvent } from 'react';
import { opensElsewhere } from '../ui/opensElsewhere';
import { textParts } from './textParts';
import { useWorkspace } from './workspaceContext';

export function PostText({ text, isEdited }: { text: string; isEdited: boolean }) {
  const { navigate } = useWorkspace();
  if (text === '') {
    return null;
  }

  // A link into this workspace opens here: a call goes on, and a call link joins.
  function open(event: MouseEvent, href: string) {
    const target = new URL(href);
    if (target.origin === window.location.origin && target.pathname.startsWith('/channels/') && !opensElsewhere(event)) {
      event.preventDefault();
      navigate(target.pathname + target.search);
    }
  }

  return (
    <p className="post-text" dir="auto">
      {textParts(text).map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            onClick={(event) => open(event, part.href ?? '')}
          >
            {part.text}
          </a>
        ),
      )}
      {isEdited && <span className="edited"> (edited)</span>}
    </p>
  );
}
