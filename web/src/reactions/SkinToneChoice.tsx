import { type SkinTone, skinTones } from './skinTones';

const hand = '✋';

/** The tone for every hand and person in the picker. */
export function SkinToneChoice({ tone, onChoose }: { tone: SkinTone; onChoose: (tone: SkinTone) => void }) {
  return (
    <div className="skin-tones" role="radiogroup" aria-label="Skin tone">
      {skinTones.map(({ tone: offered, name }) => (
        <label key={name} className="skin-tone" title={name}>
          <input
            type="radio"
            name="skin-tone"
            className="visually-hidden"
            aria-label={name}
            checked={offered === tone}
            data-testid="skin-tone"
            data-tone={offered ?? ''}
            onChange={() => onChoose(offered)}
          />
          <span aria-hidden="true">{offered === null ? hand : hand + String.fromCodePoint(Number.parseInt(offered, 16))}</span>
        </label>
      ))}
    </div>
  );
}
