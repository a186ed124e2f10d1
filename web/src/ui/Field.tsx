/** A line of text that the user writes: its label, what is expected, and what is wrong with it. */
import { useId, type ComponentProps, type ReactNode } from "react";

import styles from "./Field.module.css";

interface FieldProps extends Omit<ComponentProps<"input">, "onChange" | "value" | "id"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  /** After the text, such as a unit. */
  suffix?: ReactNode;
}

export function Field({ label, value, onChange, hint, error, suffix, ...rest }: FieldProps) {
  const id = useId();
  const told = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box} data-invalid={error !== undefined || undefined}>
        <input
          autoComplete="off"
          {...rest}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={told === undefined ? undefined : `${id}-told`}
        />
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
      </div>
      {told !== undefined && (
        <p className={error === undefined ? styles.hint : styles.error} id={`${id}-told`}>
          {told}
        </p>
      )}
    </div>
  );
}
