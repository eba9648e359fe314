import { fileUrl } from '../api/files';
import type { FileInfo } from '../protocol/workspace';
import { Icon } from '../ui/Icon';
import { byteSize } from './byteSize';

// What the service gives as a picture: what cannot carry a script.
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export function Attachment({ file }: { file: FileInfo }) {
  const url = fileUrl(file.id);
  return pictures.includes(file.contentType) ? (
    <a href={url} target="_blank" rel="noopener" className="attachment-picture" data-testid="attachment">
      <img src={url} alt={file.name} loading="lazy" />
    </a>
  ) : (
    <a href={url} download={file.name} className="attachment" data-testid="attachment">
      <Icon name="file" size={22} />
      <span className="attachment-name">{file.name}</span>
      <span className="hint">{byteSize(file.bytes)}</span>
    </a>
  );
}
