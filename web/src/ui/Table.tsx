/** A table of figures. Wider than its place, it scrolls by itself, and can be scrolled with the keyboard. */
import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";

import styles from "./Table.module.css";

interface TableProps {
  /** What it shows, for those who hear it. */
  caption: string;
  head: ReactNode;
  children: ReactNode;
  /** The tallest it may be, as a CSS length; beyond it scrolls. */
  height?: string;
  density?: "normal" | "tight";
}

export function Table({ caption, head, children, height, density = "normal" }: TableProps) {
  return (
    <div className={styles.scroll} style={{ maxBlockSize: height }} tabIndex={0} role="region" aria-label={caption}>
      <table className={`${styles.table} ${styles[density]}`}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A column of figures stands at the line's end. */
interface Figures {
  figures?: boolean;
}

export function Th({ figures = false, ...rest }: Figures & ThHTMLAttributes<HTMLTableCellElement>) {
  return <th scope="col" {...rest} className={classes(figures, rest.className)} />;
}

export function Td({ figures = false, ...rest }: Figures & TdHTMLAttributes<HTMLTableCellElement>) {
  return <td {...rest} className={classes(figures, rest.className)} />;
}

function classes(figures: boolean, own: string | undefined): string | undefined {
  return [figures ? styles.figures : undefined, own].filter(Boolean).join(" ") || undefined;
}
