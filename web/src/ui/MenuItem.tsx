import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

interface MenuItemProps {
  icon: IconName;
  text: string;
  testId: string;
  /** At the end of the line, such as a badge. */
  extra?: ReactNode;
  /** Takes something away that does not come back by itself. */
  isGrave?: boolean;
  onChoose: () => void;
}

export function MenuItem({ icon, text, testId, extra, isGrave = false, onChoose }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" className="menu-item" data-grave={isGrave} tabIndex={-1} data-testid={testId} onClick={onChoose}>
      <Icon name={icon} size={18} />
      {text}
      {extra}
    </button>
  );
}
