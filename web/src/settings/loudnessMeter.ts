const samples = 1024;

export interface LoudnessMeter {
  /** How loud it was during the last moments. */
  levelDb(): number;
  close(): void;
}

/** Measures a microphone, which belongs to the meter: it is stopped when the meter is closed, or cannot be made. */
export function openLoudnessMeter(tracks: MediaStreamTrack[]): LoudnessMeter {
  let context: AudioContext | null = null;
  const close = () => {
    tracks.forEach((track) => track.stop());
    void context?.close().catch(() => undefined);
  };
  try {
    context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: samples });
    context.createMediaStreamSource(new MediaStream(tracks)).connect(analyser);
    const wave = new Float32Array(samples);
    return {
      close,
      levelDb: () => {
        analyser.getFloatTimeDomainData(wave);
        const power = wave.reduce((total, value) => total + value * value, 0) / samples;
        return 10 * Math.log10(power + 1e-12);
      },
    };
  } catch (failure) {
    close(); // Browsers allow a page only so many of them.
    throw failure;
  }
}
