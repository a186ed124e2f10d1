/** What a piece of work cost, part by part: how much of what, at which price. */
import type { Schema } from "@credits/contract";

import { useFormat } from "../i18n/format";
import { useQuantityName } from "../i18n/quantities";
import { useAmounts } from "../i18n/units";
import { Table, Td, Th } from "../ui/Table";
import styles from "./EntryDetail.module.css";
import { useTexts } from "./texts";

interface CostProps {
  entry: Schema.Entry;
  /** Absent where no rate priced it. */
  components: Schema.CostComponent[] | undefined;
}

export function Cost({ entry, components }: CostProps) {
  const t = useTexts().detail;
  const format = useFormat();
  const nameOf = useQuantityName();
  const amounts = useAmounts();
  if (components === undefined) {
    return entry.kind === "debit" || entry.kind === "capture" ? <p className={styles.meaning}>{t.named}</p> : null;
  }
  return (
    <section>
      <h3 className={styles.heading}>{t.cost}</h3>
      <Table
        caption={t.cost}
        density="tight"
        head={
          <>
            <Th>{t.quantity}</Th>
            <Th figures>{t.amount}</Th>
            <Th figures>{t.credits}</Th>
          </>
        }
      >
        {components.map(({ quantity, amount, unit_price, per, credits }) => (
          <tr key={quantity}>
            <Td>
              {nameOf(quantity)}
              <span className={styles.small}>
                {per === 1
                  ? t.priceEach(amounts.price(unit_price))
                  : t.priceFor(amounts.price(unit_price), format.count(per))}
              </span>
            </Td>
            <Td figures>{format.count(amount)}</Td>
            <Td figures>{format.credits(credits)}</Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
