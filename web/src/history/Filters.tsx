/** What the history is narrowed to. Every choice counts at once; a reference is looked for when it is written. */
import { type FormEvent, useEffect, useState } from "react";

import { useOperations } from "../data/reads";
import { useOperationName } from "../data/useOperationName";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Select } from "../ui/Select";
import { type Filters as Chosen, isNarrowed, isWrongOrder, KINDS, TIMES } from "./filters";
import styles from "./Filters.module.css";
import { useTexts } from "./texts";

interface FiltersProps {
  filters: Chosen;
  onChange: (filters: Chosen) => void;
}

export function Filters({ filters, onChange }: FiltersProps) {
  const t = useTexts();
  const nameOf = useOperationName();
  const { data: operations } = useOperations();
  const [reference, setReference] = useState(filters.reference ?? "");
  useEffect(() => setReference(filters.reference ?? ""), [filters.reference]);

  const set = (change: Partial<Chosen>) => onChange({ ...filters, ...change });
  const search = (event: FormEvent) => {
    event.preventDefault();
    set({ reference: reference.trim() || undefined });
  };

  const every = { value: "", label: t.filters.everyKind };
  const kinds = [every, ...KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] }))];
  const names = new Set([...(operations?.data ?? []).map(({ operation }) => operation), filters.operation ?? ""]);
  const work = [...names].filter(Boolean).map((operation) => ({ value: operation, label: nameOf(operation) }));

  return (
    <form className={styles.filters} onSubmit={search} role="search" aria-label={t.filters.heading}>
      <Select
        label={t.filters.kind}
        value={filters.kind ?? ""}
        onChange={(chosen) => set({ kind: KINDS.find((kind) => kind === chosen) })}
        options={kinds}
      />
      <Select
        label={t.filters.operation}
        value={filters.operation ?? ""}
        onChange={(operation) => set({ operation: operation || undefined })}
        options={[{ value: "", label: t.filters.everyOperation }, ...work]}
      />
      <Select
        label={t.filters.time}
        value={filters.time}
        onChange={(time) => set({ time })}
        options={TIMES.map((time) => ({ value: time, label: t.filters.times[time] }))}
      />
      <div className={styles.reference}>
        <Field
          label={t.filters.reference}
          value={reference}
          onChange={setReference}
          type="search"
          maxLength={255}
          placeholder={t.filters.referenceHelp}
        />
        <Button type="submit" look="secondary">
          {t.filters.apply}
        </Button>
      </div>
      {filters.time === "dates" && (
        <div className={styles.dates}>
          <Field
            label={t.filters.from}
            type="date"
            value={filters.from ?? ""}
            onChange={(from) => set({ from: from || undefined })}
          />
          <Field
            label={t.filters.to}
            type="date"
            value={filters.to ?? ""}
            onChange={(to) => set({ to: to || undefined })}
            error={isWrongOrder(filters) ? t.filters.wrongOrder : undefined}
          />
        </div>
      )}
      {isNarrowed(filters) && (
        <div className={styles.clear}>
          <Button look="quiet" size="small" onPress={() => onChange({ time: "always" })}>
            {t.filters.clear}
          </Button>
        </div>
      )}
    </form>
  );
}
