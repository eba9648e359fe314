import { useEffect, useState } from 'react';
import { type MicrophoneProblem, microphoneProblem } from '../call/microphoneProblem';
import type { DevicePreferences } from './devicePreferences';
import { openLoudnessMeter } from './loudnessMeter';
import { openMicrophone } from './openMicrophone';

export interface MicrophoneLevel {
  /** 0 to 1. */
  level: number;
  isOpen: boolean;
  problem: MicrophoneProblem | null;
}

const silentDb = -60; // What a quiet room gives; the meter starts here.

/** How loud the chosen microphone is, for as long as the settings are shown. */
export function useMicrophoneLevel(preferences: DevicePreferences): MicrophoneLevel {
  const [shown, setShown] = useState<MicrophoneLevel>({ level: 0, isOpen: false, problem: null });

  useEffect(() => {
    let isCurrent = true;
    let close = () => undefined as void;
    const open = async () => {
      try {
        const stream = await openMicrophone(navigator.mediaDevices, preferences);
        close = isCurrent ? measure(stream, (level) => setShown({ level, isOpen: true, problem: null })) : () => stop(stream);
        if (!isCurrent) {
          close();
        }
      } catch (failure) {
        if (isCurrent) {
          setShown({ level: 0, isOpen: false, problem: microphoneProblem(failure, window.isSecureContext) });
        }
      }
    };
    void open();
    return () => {
      isCurrent = false;
      close();
    };
  }, [preferences]);

  return shown;
}

function measure(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const meter = openLoudnessMeter(stream.getTracks());
  let frame = 0;
  const look = () => {
    onLevel(Math.min(1, Math.max(0, 1 - meter.levelDb() / silentDb)));
    frame = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(frame);
    meter.close();
  };
}

function stop(stream: MediaStream): void {
  stream.getTracks().forEach((track) => track.stop());
}
