import { Icon } from '../ui/Icon';

/** Somebody's raised hand with its place in the row; nothing when it is down. */
export function RaisedHand({ place }: { place: number | undefined }) {
  return place === undefined ? null : (
    <span className="raised-hand" title={`Raised hand, number ${place}`} data-testid="raised-hand" data-place={place}>
      <Icon name="hand" size={16} />
      <span className="tabular" aria-hidden="true">
        {place}
      </span>
      <span className="visually-hidden">hand raised, number {place}</span>
    </span>
  );
}
