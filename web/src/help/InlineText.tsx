import { assertNever } from '../assertNever';
import type { Inline } from './markdown';

export function InlineText({ parts }: { parts: Inline[] }) {
  return parts.map((part, index) => <Part key={index} part={part} />);
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'emphasis':
      return <em>{part.text}</em>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      // Other pages of the documentation are not served here.
      return /^(https?:|#)/.test(part.href) ? <a href={part.href}>{part.text}</a> : part.text;
    default:
      return assertNever(part);
  }
}
