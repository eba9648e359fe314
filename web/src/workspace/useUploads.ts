import { useCallback, useState } from 'react';
import { uploadFile } from '../api/files';
import { failureSentence } from '../api/refusals';
import type { FileInfo } from '../protocol/workspace';
import { useNotify } from '../ui/notify';

export interface Upload {
  key: number;
  name: string;
  /** Null while it is on its way. */
  file: FileInfo | null;
}

const filesMax = 10; // As the service's.

let lastKey = 0;

/** Files on their way into a post. */
export function useUploads() {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const notify = useNotify();

  const remove = useCallback((key: number) => setUploads((all) => all.filter((upload) => upload.key !== key)), []);

  const add = useCallback(
    (files: File[]) => {
      if (uploads.length + files.length > filesMax) {
        notify(`A post carries at most ${filesMax} files.`);
        return;
      }

      for (const chosen of files) {
        lastKey += 1;
        const key = lastKey;
        setUploads((all) => [...all, { key, name: chosen.name, file: null }]);
        uploadFile(chosen)
          .then((file) => setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, file } : upload))))
          .catch((failure: unknown) => {
            remove(key);
            notify(`${chosen.name}: ${failureSentence(failure)}`);
          });
      }
    },
    [uploads.length, notify, remove],
  );

  const clear = useCallback(() => setUploads([]), []);
  /** What was not sent after all. */
  const restore = useCallback((former: Upload[]) => setUploads((all) => [...former, ...all]), []);
  return { uploads, add, remove, clear, restore };
}
