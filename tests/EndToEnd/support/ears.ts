import type { Page } from 'puppeteer-core';

/** What a page's voice slots play: the strongest frequency in hertz, and its level in dBFS. */
export interface Heard {
  hertz: number;
  level: number;
}

/** Level under which a voice slot counts as silent: a muted microphone leaves comfort at most. */
export const silence = -70;

/** What is measured where there is no sample but zero: -Infinity does not travel out of a page. */
const nothing = -200;

/**
 * Measures the audio that arrives, not what the page says about it: taps every audio element's stream into an analyser, and
 * returns the strongest tone found in `frames` successive looks.
 */
export async function listen(page: Page, frames = 5): Promise<Heard> {
  return await page.evaluate(async (looks, floor) => {
    const context = new AudioContext({ sampleRate: 48_000 });
    await context.resume();
    const analysers = [...document.querySelectorAll('audio')]
      .map(element => element.srcObject)
      .filter((stream): stream is MediaStream => stream instanceof MediaStream && stream.getAudioTracks().length > 0)
      .map(stream => {
        const analyser = new AnalyserNode(context, { fftSize: 16_384, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(stream).connect(analyser);
        return analyser;
      });
    let best = { hertz: 0, level: floor };
    for (let look = 0; look < looks; look++) {
      // One full window of fresh samples per look.
      const from = context.currentTime;
      while (context.currentTime - from < 16_384 / 48_000) await new Promise(done => setTimeout(done, 20));
      for (const analyser of analysers) {
        const bins = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(bins);
        let peak = 2;
        for (let bin = 2; bin < bins.length; bin++) if (bins[bin]! > bins[peak]!) peak = bin;
        const [left, top, right] = [bins[peak - 1]!, bins[peak]!, bins[peak + 1]!];
        const shift = (left - right) / (2 * (left - 2 * top + right)) || 0;
        if (top > best.level) best = { hertz: ((peak + shift) * 48_000) / analyser.fftSize, level: top };
      }
    }
    await context.close();
    return best;
  }, frames, nothing);
}

/** Waits until the page hears the tone, within 1 %; says what it heard instead when time is up. */
export async function hears(page: Page, hertz: number, within = 20_000): Promise<void> {
  const until = Date.now() + within;
  let last: Heard = { hertz: 0, level: nothing };
  while (Date.now() < until) {
    last = await listen(page, 1);
    if (last.level > silence && Math.abs(last.hertz - hertz) <= hertz / 100) return;
  }
  throw new Error(`expected to hear ${hertz} Hz, heard ${last.hertz.toFixed(1)} Hz at ${last.level.toFixed(0)} dBFS`);
}

/** Listens for a while and wants nothing; first waits for what was on its way to die down. */
export async function hearsNothing(page: Page): Promise<void> {
  const until = Date.now() + 20_000;
  while ((await listen(page, 1)).level > silence && Date.now() < until);
  const heard = await listen(page, 4);
  if (heard.level > silence) throw new Error(`expected silence, heard ${heard.hertz.toFixed(1)} Hz at ${heard.level.toFixed(0)} dBFS`);
}
