import { useId } from 'react';
import { Icon } from '../ui/Icon';
import { useVolume } from './useVolume';
import { changeVolume } from './volumes';

const wholePercent = 100;
const stepPercent = 5;

/** In a menu about somebody: how loud they are, for me alone; remembered by this browser. */
export function VolumeItem({ userId }: { userId: string }) {
  const { level, isMuted } = useVolume(userId);
  const id = useId();
  const percent = Math.round(level * wholePercent);
  return (
    <div className="volume" role="group" aria-label="For me">
      <label className="volume-label" htmlFor={id}>
        <Icon name="speaker" size={18} />
        Volume
        <span className="hint tabular">{isMuted ? 'off' : `${percent} %`}</span>
      </label>
      <input
        id={id}
        type="range"
        role="slider"
        min={0}
        max={wholePercent}
        step={stepPercent}
        value={percent}
        data-testid="volume"
        onChange={(event) => changeVolume(userId, { level: Number(event.target.value) / wholePercent, isMuted: false })}
      />
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={isMuted}
        className="menu-item"
        tabIndex={-1}
        data-testid="mute-for-me"
        onClick={() => changeVolume(userId, { isMuted: !isMuted })}
      >
        <Icon name="speakerOff" size={18} />
        Mute for me
        {isMuted && (
          <span className="menu-check">
            <Icon name="check" size={16} />
          </span>
        )}
      </button>
    </div>
  );
}
