import type { Device, SessionSnapshot } from '../protocol/answers';

const browsers: [RegExp, string][] = [
  [/Edg\/([\d.]+)/, 'Edge'],
  [/Firefox\/([\d.]+)/, 'Firefox'],
  [/Chrome\/([\d.]+)/, 'Chrome'],
  [/Version\/([\d.]+).*Safari/, 'Safari'],
];

const platforms: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** Pure: what a session tells others about its device, such as "Firefox on Linux". */
export function thisDevice(userAgent: string): Device {
  const platform = platforms.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  for (const [pattern, browser] of browsers) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) {
      return { name: platform === null ? browser : `${browser} on ${platform}`, platform, version };
    }
  }

  return { name: platform, platform, version: null };
}

/** Pure: how a session's device is called in a sentence. */
export function deviceName(session: SessionSnapshot): string {
  return session.device?.name ?? 'another device';
}
