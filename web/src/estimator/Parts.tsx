/** A cost taken apart: how much of what, at which price, and how much of the whole that is. */
import type { Schema } from "@credits/contract";

import { useFormat } from "../i18n/format";
import { useQuantityName } from "../i18n/quantities";
import { Meter } from "../ui/Meter";
import { Table, Td, Th } from "../ui/Table";
import styles from "./Result.module.css";
import { useTexts } from "./texts";

export function Parts({ quote }: { quote: Schema.Quote }) {
  const t = useTexts().result;
  const format = useFormat();
  const nameOf = useQuantityName();
  return (
    <section>
      <h3 className={styles.heading}>{t.parts}</h3>
      <Table
        caption={t.parts}
        density="tight"
        head={
          <>
            <Th>{t.quantity}</Th>
            <Th figures>{t.amount}</Th>
            <Th figures>{t.share}</Th>
            <Th figures>{t.credits}</Th>
          </>
        }
      >
        {quote.components.map((part) => (
          <tr key={part.quantity}>
            <Td>{nameOf(part.quantity)}</Td>
            <Td figures>{format.count(String(part.amount))}</Td>
            <Td figures>
              <span className={styles.share}>
                <Meter
                  parts={[
                    { key: "share", size: part.share, colour: "var(--series-1)" },
                    { key: "rest", size: 1 - part.share, colour: "var(--sunken)" },
                  ]}
                />
                {format.share(part.share)}
              </span>
            </Td>
            <Td figures>{format.credits(part.credits)}</Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
