import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sampleRate = 48_000;
const seconds = 2;

/** A WAV file with a pure tone of whole periods, so that its loop has no seam. */
export function toneFile(hertz: number): string {
  const frames = sampleRate * seconds;
  const file = Buffer.alloc(44 + frames * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + frames * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(frames * 2, 40);
  for (let i = 0; i < frames; i++) file.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / sampleRate)), 44 + i * 2);
  const path = join(mkdtempSync(join(tmpdir(), 'calls-tone-')), `${hertz}.wav`);
  writeFileSync(path, file);
  return path;
}
