/** Says that there is nothing here yet, why, and how there will be. */
import type { ReactNode } from "react";

import styles from "./Empty.module.css";

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.body}>{children}</p>}
      {action}
    </div>
  );
}
