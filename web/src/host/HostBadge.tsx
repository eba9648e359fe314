export function HostBadge() {
  return (
    <span className="tag" data-testid="host-badge">
      host
    </span>
  );
}
