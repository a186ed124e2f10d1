/** A number of credits of one's own: what it may be, and how it is priced. */
import type { Schema } from "@credits/contract";

import { useFormat } from "../i18n/format";
import { Field } from "../ui/Field";
import { Table, Td, Th } from "../ui/Table";
import { useAdvice as useErrorAdvice } from "../ui/useAdvice";
import styles from "./CustomAmount.module.css";
import { useTexts } from "./texts";

interface CustomAmountProps {
  pricing: Schema.CustomPricing;
  currency: string;
  typed: string;
  /** What was typed, where it is a number. */
  number: string | null;
  /** Whether so many can be bought. */
  isOffered: boolean;
  /** Why it could not be priced. */
  error: unknown;
  onType: (typed: string) => void;
}

export function CustomAmount({ pricing, currency, typed, number, isOffered, error, onType }: CustomAmountProps) {
  const { custom: t } = useTexts();
  const format = useFormat();
  const refusal = useErrorAdvice(error).text;
  const between = t.between(format.credits(pricing.min_credits), format.credits(pricing.max_credits));

  function mistake(): string | undefined {
    if (typed.trim() === "") {
      return undefined;
    }
    if (number === null) {
      return t.notWhole;
    }
    if (!isOffered) {
      return between;
    }
    return error === null ? undefined : refusal;
  }

  return (
    <div className={styles.custom}>
      <Field
        label={t.label}
        value={typed}
        onChange={onType}
        suffix={t.unit}
        hint={between}
        error={mistake()}
        inputMode="numeric"
        autoFocus
      />
      <details>
        <summary>{t.slabsTitle}</summary>
        <p>{t.slabsExplained}</p>
        <Table
          caption={t.slabsCaption}
          density="tight"
          head={
            <>
              <Th>{t.from}</Th>
              <Th figures>{t.each}</Th>
            </>
          }
        >
          {pricing.slabs.map(({ from_credits, price_per_credit }) => (
            <tr key={from_credits}>
              <Td>{format.credits(from_credits)}</Td>
              <Td figures>{format.unitPrice(price_per_credit, currency)}</Td>
            </tr>
          ))}
        </Table>
      </details>
    </div>
  );
}
