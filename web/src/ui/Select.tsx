/** One of several. The browser's own list: it is the best one on a phone, and costs nothing. */
import { type ReactNode, useId } from "react";

import styles from "./Field.module.css";

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  hint?: ReactNode;
  /** Where the place says what it is: the label is for screen readers alone. */
  labelUnseen?: boolean;
}

export function Select<Value extends string>({
  label,
  value,
  onChange,
  options,
  hint,
  labelUnseen = false,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={labelUnseen ? "unseen" : styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box}>
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value as Value)}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
      {hint !== undefined && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
