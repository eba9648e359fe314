import puppeteer, { type Browser } from 'puppeteer-core';
import { toneFile } from './tone.ts';

export type BrowserKind = 'chromium' | 'firefox';

/** The tone each fake microphone plays, so that a listener knows whom it hears. Firefox has no file input. */
export interface Microphone {
  hertz: number;
}

/** Debian's own browsers, with a fake microphone that plays a known tone. */
export async function launch(kind: BrowserKind, microphone: Microphone, chromiumArguments: string[] = []): Promise<Browser> {
  if (kind === 'chromium') {
    return await puppeteer.launch({
      executablePath: '/usr/bin/chromium',
      headless: true,
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required',
        '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${toneFile(microphone.hertz)}`,
        ...chromiumArguments,
      ],
    });
  }

  return await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.navigator.audio.fake_frequency': microphone.hertz,
      'media.peerconnection.ice.loopback': true,
      'media.autoplay.default': 0,
      'app.update.enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  });
}
