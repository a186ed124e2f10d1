/** What the credits of this cycle were used for: a ring of shares, and beside it the figures. */
import type { Schema } from "@credits/contract";

import { drawn } from "../amounts/credits";
import { href } from "../app/routes";
import { useOperationName } from "../data/useOperationName";
import { useFormat } from "../i18n/format";
import { Credits } from "../ui/amounts";
import { Card } from "../ui/Card";
import { Donut } from "../ui/Donut";
import { Empty } from "../ui/Empty";
import { Table, Td, Th } from "../ui/Table";
import styles from "./Breakdown.module.css";
import { useCycleDays } from "./reads";
import { useTexts } from "./texts";

/** As many as the design has; what comes after them shares the last. */
const COLOURS = [1, 2, 3, 4, 5].map((series) => `var(--series-${series})`);

export function Breakdown({ cycle }: { cycle: Schema.Cycle }) {
  const t = useTexts().breakdown;
  return (
    <Card title={t.title} lead={useCycleDays(cycle) ?? "\u00a0"}>
      {cycle.by_operation.length === 0 ? <Empty title={t.none}>{t.noneExplained}</Empty> : <Use cycle={cycle} />}
    </Card>
  );
}

function Use({ cycle }: { cycle: Schema.Cycle }) {
  const t = useTexts().breakdown;
  const format = useFormat();
  const nameOf = useOperationName();
  const uses = cycle.by_operation.map((use, index) => ({
    ...use,
    colour: COLOURS[Math.min(index, COLOURS.length - 1)] ?? "",
  }));
  const parts = uses.map(({ operation, credits, colour }) => ({
    key: operation,
    size: Math.max(0, drawn(credits)),
    colour,
  }));
  return (
    <div className={styles.breakdown}>
      <Donut parts={parts}>
        <strong className={styles.total}>
          <Credits value={cycle.consumed} as="glance" />
        </strong>
        <span className={styles.unit}>{t.total}</span>
      </Donut>
      <Table
        caption={t.caption}
        head={
          <>
            <Th>{t.operation}</Th>
            <Th figures className={styles.count}>
              {t.count}
            </Th>
            <Th figures>{t.credits}</Th>
            <Th figures>{t.share}</Th>
          </>
        }
      >
        {uses.map(({ operation, credits, count, share, colour }) => (
          <tr key={operation}>
            <Td>
              <span className={styles.operation}>
                <span className={styles.swatch} style={{ background: colour }} aria-hidden="true" />
                <a href={href("history", { operation })}>{nameOf(operation)}</a>
              </span>
            </Td>
            <Td figures className={styles.count}>
              {format.count(count)}
            </Td>
            <Td figures>
              <Credits value={credits} as="glance" />
            </Td>
            <Td figures>{format.share(share)}</Td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
