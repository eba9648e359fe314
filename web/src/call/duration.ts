/** Pure: a running time such as 4:05 or 1:02:09. */
export function runningTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const [first, second] = parts.map((part) => String(part).padStart(2, '0'));
  return hours > 0 ? `${hours}:${first}:${second}` : `${parts[0]}:${second}`;
}

/** Pure: a length that is over, in words. */
export function lengthInWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) {
    return 'less than a minute';
  }

  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const inMinutes = `${rest} ${rest === 1 ? 'minute' : 'minutes'}`;
  if (hours === 0) {
    return inMinutes;
  }

  const inHours = `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return rest === 0 ? inHours : `${inHours} ${inMinutes}`;
}
