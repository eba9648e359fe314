import { Icon } from '../ui/Icon';
import type { GripProps } from './useWidgetPlace';

export function WidgetGrip({ grip }: { grip: GripProps }) {
  return (
    <button
      type="button"
      className="widget-grip"
      aria-label="Move the call. Arrow keys move it, Home puts it back."
      title="Drag to move; double-click to put back"
      data-testid="widget-grip"
      {...grip}
    >
      <Icon name="grip" size={16} />
    </button>
  );
}
