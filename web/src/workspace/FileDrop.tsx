import { type DragEvent, type ReactNode, useState } from 'react';
import { carriesFiles } from '../ui/keepPageOnDrop';

/** Takes files that are dragged onto what is inside. */
export function FileDrop({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const [isOver, setOver] = useState(false);

  function onDragOver(event: DragEvent) {
    if (carriesFiles(event.dataTransfer)) {
      event.preventDefault();
      setOver(true);
    }
  }

  function onDrop(event: DragEvent) {
    setOver(false);
    // A text that is dragged goes where it is let go, as everywhere.
    if (carriesFiles(event.dataTransfer)) {
      event.preventDefault();
      onFiles([...event.dataTransfer.files]);
    }
  }

  return (
    <div className="file-drop" data-over={isOver} onDragOver={onDragOver} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      {children}
    </div>
  );
}
