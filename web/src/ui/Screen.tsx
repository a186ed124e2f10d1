/** The frame of a screen: its title, what it is for, and its parts one below the other. */
import type { ReactNode } from "react";

import styles from "./Screen.module.css";

interface ScreenProps {
  title: string;
  lead?: ReactNode;
  /** Beside the title, at the end of the line. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Screen({ title, lead, actions, children }: ScreenProps) {
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
