import { useSyncExternalStore } from 'react';
import { onVolumes, type Volume, volumeOf } from './volumes';

export function useVolume(userId: string | null): Volume {
  return useSyncExternalStore(onVolumes, () => volumeOf(userId));
}
