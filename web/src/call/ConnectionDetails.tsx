import { Dialog } from '../ui/Dialog';
import { useCall } from './useCall';
import { useConnectionFigures } from './useConnectionFigures';

export function ConnectionDetails({ onClose }: { onClose: () => void }) {
  const view = useCall();
  const shown = useConnectionFigures();
  const rows: [string, string, string][] = [
    ['Service', 'service', view.isBack ? 'connected' : 'reconnecting'],
    ['Audio', 'media', view.media],
    ['Transport', 'transport', shown?.transport ?? '–'],
    ['Round trip', 'rtt', figure(shown?.roundTripMs, 'ms')],
    ['Jitter', 'jitter', figure(shown?.jitterMs, 'ms')],
    ['Sending', 'up', figure(shown?.upKbitPerSecond, 'kbit/s')],
    ['Receiving', 'down', figure(shown?.downKbitPerSecond, 'kbit/s')],
    ['Loss sending', 'loss-up', figure(shown?.lossUpPercent, '%')],
    ['Loss receiving', 'loss-down', figure(shown?.lossDownPercent, '%')],
  ];
  return (
    <Dialog title="Connection details" testId="connection-details" onClose={onClose}>
      <dl className="figures">
        {rows.map(([name, id, value]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd className="tabular" data-testid={`figure-${id}`}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        Audio is encrypted between this browser and the media server, and again from there to everybody else.
      </p>
    </Dialog>
  );
}

function figure(value: number | null | undefined, unit: string): string {
  return value == null ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
