const hidden = '…';

// Where a secret may stand in a text that somebody else wrote: an address, a header, a session description, a JSON member.
const secrets: RegExp[] = [
  /(access_token=)[^&\s"']+/gi,
  /(bearer\s+)[^\s"',]+/gi,
  /(ice-(?:pwd|ufrag):)\S+/gi,
  /(fingerprint:\S+\s+)\S+/gi,
  /("?(?:resumeToken|token|password|credential)"?\s*[:=]\s*"?)[^\s"',}]+/gi,
];

/** Pure: the text without the secrets that are known to occur. */
export function redact(text: string): string {
  return secrets.reduce((clean, secret) => clean.replace(secret, `$1${hidden}`), text);
}
