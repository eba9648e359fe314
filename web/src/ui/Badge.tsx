/** A count of what is new; nothing when nothing is. */
export function Badge({ count, testId }: { count: number; testId: string }) {
  return count === 0 ? null : (
    <span className="badge" data-testid={testId} aria-label={`${count} unread`}>
      {count > 99 ? '99+' : count}
    </span>
  );
}
