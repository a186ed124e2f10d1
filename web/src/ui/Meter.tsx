/** Parts of a whole as one bar. What it draws stands beside it in figures: it says nothing of its own. */
import styles from "./Meter.module.css";

export interface Part {
  key: string;
  size: number;
  /** A CSS colour. */
  colour: string;
}

export function Meter({ parts }: { parts: Part[] }) {
  const drawn = parts.filter(({ size }) => size > 0);
  return (
    <div className={styles.meter} aria-hidden="true">
      {drawn.map(({ key, size, colour }) => (
        <span key={key} style={{ flexGrow: size, background: colour }} />
      ))}
    </div>
  );
}
