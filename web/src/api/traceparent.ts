import { randomHex } from './randomHex';

/** A new W3C trace context, so that a click is one trace down to the media node's first packet. */
export function newTraceparent(): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}
