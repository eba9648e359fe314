import { Icon } from '../ui/Icon';
import { MenuButton } from '../ui/MenuButton';
import { useVolume } from './useVolume';
import { VolumeItem } from './VolumeItem';

/** How loud somebody in the list is. */
export function VolumeMenu({ userId, name }: { userId: string; name: string }) {
  const { isMuted } = useVolume(userId);
  return (
    <MenuButton
      label={`Volume of ${name}`}
      testId="volume-menu"
      className="button-icon"
      face={<Icon name={isMuted ? 'speakerOff' : 'speaker'} size={18} />}
    >
      {() => <VolumeItem userId={userId} />}
    </MenuButton>
  );
}
