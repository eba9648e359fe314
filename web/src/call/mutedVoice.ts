/** Loud enough for a voice close by; a keyboard or a fan is below. */
const voiceDb = -42;
const lookEveryMs = 100;
/** Of the last looks so many must be loud: a word is, a knock is not. */
const looks = 10;
const loudLooks = 6;
const samples = 1024;

/** Pure: whether the last levels, in dBFS, sound like somebody who speaks. */
export function soundsLikeVoice(levels: readonly number[]): boolean {
  return levels.slice(-looks).filter((level) => level > voiceDb).length >= loudLooks;
}

/**
 * Listens to the microphone of somebody who is muted, in this browser alone, and says once that they speak.
 * Returns what stops it.
 */
export function listenWhileMuted(track: MediaStreamTrack, onVoice: () => void): () => void {
  if (typeof AudioContext === 'undefined') {
    return () => undefined;
  }

  // The muted track itself is disabled, and so silent.
  const ear = track.clone();
  ear.enabled = true;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: samples });
  context.createMediaStreamSource(new MediaStream([ear])).connect(analyser);
  const wave = new Float32Array(samples);
  let levels: number[] = [];
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const power = wave.reduce((total, value) => total + value * value, 0) / samples;
    levels = [...levels, 10 * Math.log10(power + 1e-12)].slice(-looks);
    if (soundsLikeVoice(levels)) {
      stop();
      onVoice();
    }
  }, lookEveryMs);
  const stop = () => {
    window.clearInterval(timer);
    ear.stop();
    void context.close().catch(() => undefined);
  };
  return stop;
}
