/** Things with their names, one below the other: what they are called stands before what they are. */
import { Fragment, type ReactNode } from "react";

import styles from "./Facts.module.css";

interface FactsProps {
  facts: readonly (readonly [name: string, value: ReactNode])[];
  /** Figures stand at the line's end. */
  figures?: boolean;
}

/** What has no value is left out. */
export function Facts({ facts, figures = false }: FactsProps) {
  const given = facts.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return (
    <dl className={figures ? styles.figures : styles.facts}>
      {given.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
