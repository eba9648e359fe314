import { useState } from 'react';
import { Icon } from './Icon';
import { useNotify } from './notify';

export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  const notify = useNotify();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Browsers give the clipboard to secure pages only.
      notify('This browser does not let the page copy. Select the text and copy it yourself.');
    }
  }

  return (
    <button type="button" className="button button-quiet copy-button" data-testid="copy" onClick={() => void copy()}>
      <Icon name={isCopied ? 'check' : 'copy'} size={16} />
      {isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}
