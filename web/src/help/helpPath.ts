const troubleshooting = '/help/troubleshooting';

/** Whether an address is that of the help page, which needs no sign-in. */
export function isHelpPath(path: string): boolean {
  return path.replace(/\/$/, '') === troubleshooting;
}

/** The page, from its beginning or at one of its headings. */
export function helpPath(heading?: 'the-call-drops-after-a-few-seconds-or-never-connects' | 'nobody-hears-me'): string {
  return heading === undefined ? troubleshooting : `${troubleshooting}#${heading}`;
}
