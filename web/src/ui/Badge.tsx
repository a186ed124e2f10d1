/** A word on the state of something. */
import type { ReactNode } from "react";

import styles from "./Badge.module.css";
import type { Tone } from "./Banner";

export function Badge({ tone = "neutral", children }: { tone?: Tone | "neutral"; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}
