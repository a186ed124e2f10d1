/** Which work, which variant of it, and how much: each quantity with what it is priced by. */
import type { Schema } from "@credits/contract";

import { useOperationName } from "../data/useOperationName";
import { useFormat } from "../i18n/format";
import { useQuantityName } from "../i18n/quantities";
import { useAmounts } from "../i18n/units";
import { Card } from "../ui/Card";
import { AmountField } from "../ui/AmountField";
import { Select } from "../ui/Select";
import { useTexts } from "./texts";
import { firstWork, rateOf, readQuantity, withVariant, type Work } from "./work";
import styles from "./WorkForm.module.css";

interface WorkFormProps {
  operations: Schema.Operation[];
  work: Work;
  onChange: (work: Work) => void;
}

export function WorkForm({ operations, work, onChange }: WorkFormProps) {
  const t = useTexts().form;
  const format = useFormat();
  const amounts = useAmounts();
  const nameOf = useOperationName();
  const quantityOf = useQuantityName();
  const chosen = operations.find(({ operation }) => operation === work.operation);
  const rate = chosen && rateOf(chosen, work.variant);
  if (chosen === undefined || rate === undefined) {
    return null;
  }
  const choose = (name: string) => {
    const operation = operations.find(({ operation }) => operation === name);
    if (operation !== undefined) {
      onChange(firstWork(operation));
    }
  };
  const variants = chosen.rates.flatMap(({ variant }) => (variant === undefined ? [] : [variant]));

  return (
    <Card title={t.heading}>
      <div className={styles.form}>
        <Select
          label={t.operation}
          value={work.operation}
          onChange={choose}
          options={operations.map(({ operation }) => ({ value: operation, label: nameOf(operation) }))}
        />
        {variants.length > 0 && (
          <Select
            label={t.variant}
            value={work.variant ?? ""}
            onChange={(variant) => onChange(withVariant(work, chosen, variant))}
            options={variants.map((variant) => ({ value: variant, label: variant }))}
          />
        )}
        {rate.components.map(({ quantity, per, price }) => {
          const typed = work.quantities[quantity] ?? "";
          return (
            <AmountField
              key={quantity}
              label={quantityOf(quantity)}
              value={typed}
              onChange={(text) => onChange({ ...work, quantities: { ...work.quantities, [quantity]: text } })}
              hint={
                per === 1 ? t.rateEach(amounts.price(price)) : t.rate(amounts.price(price), format.count(String(per)))
              }
              error={readQuantity(typed) === null && typed !== "" ? t.wrong : undefined}
            />
          );
        })}
        {Number(rate.base) > 0 && <p className={styles.note}>{t.base(amounts.price(rate.base))}</p>}
        {rate.upcoming !== undefined && (
          <p className={styles.note}>{t.upcoming(format.day(rate.upcoming.effective_at))}</p>
        )}
      </div>
    </Card>
  );
}
