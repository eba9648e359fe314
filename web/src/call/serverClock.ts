let offsetMs = 0;

/** The service's clock as its events tell it; timers would lie on a computer whose clock is wrong. */
export function noteServerTime(at: string): void {
  const told = Date.parse(at);
  if (!Number.isNaN(told)) {
    offsetMs = told - Date.now();
  }
}

export function serverNow(): number {
  return Date.now() + offsetMs;
}
