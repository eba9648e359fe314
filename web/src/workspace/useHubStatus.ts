import { useSyncExternalStore } from 'react';
import type { CallEngine } from '../call/callEngine';
import type { HubStatus } from '../call/hub';

const noSubscription = () => () => undefined;

export function useHubStatus(engine: CallEngine | null): HubStatus {
  return useSyncExternalStore(engine?.subscribe ?? noSubscription, () => engine?.view.hub ?? 'connecting');
}
