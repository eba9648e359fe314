/** Why there is no microphone. */
export type MicrophoneProblem = 'insecure' | 'denied' | 'missing' | 'busy' | 'failed';

const sentences: Record<MicrophoneProblem, string> = {
  insecure:
    'This page was not opened over https, and browsers give the microphone to secure pages only. You can listen; ask your admin for a secure address to speak.',
  denied: 'The browser does not allow this page to use the microphone. Allow it in the address bar, then unmute.',
  missing: 'No microphone was found. Plug one in, then unmute.',
  busy: 'The microphone is in use by another program. Close that program, then unmute.',
  failed: 'The microphone could not be opened. Try another one in the device settings.',
};

export function microphoneSentence(problem: MicrophoneProblem): string {
  return sentences[problem];
}

/** Pure: what the browser's error means. */
export function microphoneProblem(failure: unknown, isSecure: boolean): MicrophoneProblem {
  if (!isSecure) {
    return 'insecure';
  }

  switch (failure instanceof Error ? failure.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
