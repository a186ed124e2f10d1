/** Shares of a whole as a ring, with the whole in its middle. What it draws stands beside it in figures. */
import type { ReactNode } from "react";

import styles from "./Donut.module.css";
import type { Part } from "./Meter";

const RADIUS = 42;
const LENGTH = 2 * Math.PI * RADIUS;
const GAP = 2.5;

export function Donut({ parts, children }: { parts: Part[]; children: ReactNode }) {
  const whole = parts.reduce((total, { size }) => total + size, 0);
  let begun = 0;
  const arcs = parts
    .filter(({ size }) => size > 0)
    .map(({ key, size, colour }) => {
      const length = (size / whole) * LENGTH;
      const arc = { key, colour, begin: begun, length };
      begun += length;
      return arc;
    });
  const gap = arcs.length > 1 ? GAP : 0;
  return (
    <div className={styles.donut}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className={styles.ground} cx="50" cy="50" r={RADIUS} />
        {arcs.map(({ key, colour, begin, length }) => (
          <circle
            key={key}
            cx="50"
            cy="50"
            r={RADIUS}
            style={{ stroke: colour }}
            strokeDasharray={`${Math.max(length - gap, 0.75)} ${LENGTH}`}
            strokeDashoffset={-begin}
          />
        ))}
      </svg>
      <div className={styles.middle}>{children}</div>
    </div>
  );
}
