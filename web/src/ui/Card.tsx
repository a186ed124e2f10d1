/** A sheet of the page: a title, perhaps something to do at its end, and what it is about. */
import { type ReactNode, useId } from "react";

import styles from "./Card.module.css";

interface CardProps {
  title?: ReactNode;
  /** Beside the title, at the end of the line. */
  aside?: ReactNode;
  /** Under the title. */
  lead?: ReactNode;
  children: ReactNode;
}

export function Card({ title, aside, lead, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className={styles.header}>
          <h2 className={styles.title} id={id}>
            {title}
          </h2>
          {aside}
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </header>
      )}
      {children}
    </section>
  );
}
