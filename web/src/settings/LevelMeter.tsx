export function LevelMeter({ level }: { level: number }) {
  return (
    <div className="level" role="img" aria-label="Microphone level" data-testid="level-meter">
      <div className="level-bar" style={{ transform: `scaleX(${level.toFixed(3)})` }} />
    </div>
  );
}
