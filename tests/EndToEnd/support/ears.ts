import type { Page } from 'puppeteer-core';

/** What a page's voice slots play: the strongest frequency in hertz, and its level in dBFS. */
export interface Heard {
  hertz: number;
  level: number;
}

/** Level under which a voice slot counts as silent: a muted microphone leaves comfort noise at most. */
const silence = -60;
const nothing: Heard = { hertz: 0, level: -200 };
const sampleRate = 8_000;
const window = 2_048;

/**
 * Measures the audio that arrives, not what the page says about it: records what every audio element plays, decodes it, and looks for
 * the strongest tone. A recorder and an offline context need no sound card, which a live audio context in Firefox does.
 */
export async function listen(page: Page, milliseconds = 600): Promise<Heard> {
  const recordings = await page.evaluate(async (duration, rate) => {
    const streams = [...document.querySelectorAll('audio')]
      .map(element => element.srcObject)
      .filter((stream): stream is MediaStream => stream instanceof MediaStream && stream.getAudioTracks().length > 0);
    return await Promise.all(streams.map(async stream => {
      const recorder = new MediaRecorder(stream);
      const parts: Blob[] = [];
      recorder.addEventListener('dataavailable', part => parts.push(part.data));
      const stopped = new Promise(done => recorder.addEventListener('stop', done));
      recorder.start();
      await new Promise(done => setTimeout(done, duration));
      recorder.stop();
      await stopped;
      // A slot that never carried a packet records nothing, which is no sound file.
      const audio = await new OfflineAudioContext(1, rate, rate).decodeAudioData(await new Blob(parts).arrayBuffer()).catch(() => null);
      return audio === null ? [] : [...audio.getChannelData(0)].map(sample => Math.round(sample * 32_767));
    }));
  }, milliseconds, sampleRate);
  return recordings.map(samples => strongestTone(samples)).reduce((best, one) => (one.level > best.level ? one : best), nothing);
}

/** Waits until the page hears the tone, within 1 %; says what it heard instead when time is up. */
export async function hears(page: Page, hertz: number, within: number): Promise<void> {
  const until = Date.now() + within;
  let last = nothing;
  while (Date.now() < until) {
    last = await listen(page);
    if (last.level > silence && Math.abs(last.hertz - hertz) <= hertz / 100) return;
  }
  throw new Error(`expected to hear ${hertz} Hz, heard ${say(last)}`);
}

/** Listens for a while and wants nothing; first lets what was on its way die down. */
export async function hearsNothing(page: Page): Promise<void> {
  const until = Date.now() + 20_000;
  while ((await listen(page)).level > silence && Date.now() < until);
  const heard = await listen(page, 2_000);
  if (heard.level > silence) throw new Error(`expected silence, heard ${say(heard)}`);
}

const say = (heard: Heard): string => `${heard.hertz.toFixed(1)} Hz at ${heard.level.toFixed(0)} dBFS`;

/** The loudest window of the recording, and in it the strongest frequency between 100 and 2,000 Hz. */
function strongestTone(samples: number[]): Heard {
  let best = nothing;
  for (let from = 0; from + window <= samples.length; from += window / 2) {
    const spectrum = magnitudes(samples.slice(from, from + window));
    let peak = Math.ceil((100 * window) / sampleRate);
    const last = Math.floor((2_000 * window) / sampleRate);
    for (let bin = peak; bin < last; bin++) if (spectrum[bin]! > spectrum[peak]!) peak = bin;
    const level = 20 * Math.log10(Math.max(spectrum[peak]!, 1e-10));
    if (level <= best.level) continue;
    const [left, top, right] = [spectrum[peak - 1]!, spectrum[peak]!, spectrum[peak + 1]!].map(one => Math.log(one + 1e-12)) as [number, number, number];
    const shift = (left - right) / (2 * (left - 2 * top + right)) || 0;
    best = { hertz: ((peak + shift) * sampleRate) / window, level };
  }
  return best;
}

/** A Hann-windowed discrete Fourier transform up to 2 kHz; a full-scale sine has magnitude 1. */
function magnitudes(samples: number[]): Float64Array {
  const bins = Math.floor((2_000 * window) / sampleRate) + 2;
  const weighted = samples.map((sample, n) => (sample / 32_767) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / window)));
  return Float64Array.from({ length: bins }, (_, bin) => {
    let [real, imaginary] = [0, 0];
    for (let n = 0; n < window; n++) {
      const angle = (2 * Math.PI * ((bin * n) % window)) / window;
      real += weighted[n]! * Math.cos(angle);
      imaginary -= weighted[n]! * Math.sin(angle);
    }
    return (4 * Math.hypot(real, imaginary)) / window;
  });
}
