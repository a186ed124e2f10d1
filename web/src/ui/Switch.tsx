/** Something that is on or off. The browser's own checkbox underneath, so that it is one to every reader. */
import { type ReactNode, useId } from "react";

import styles from "./Switch.module.css";

interface SwitchProps {
  label: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  /** Where the place says what it is: the label is for screen readers alone. */
  labelUnseen?: boolean;
  isDisabled?: boolean;
}

export function Switch({ label, isOn, onChange, labelUnseen = false, isDisabled = false }: SwitchProps) {
  const id = useId();
  return (
    <span className={styles.switch}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.input}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label className={labelUnseen ? "unseen" : styles.label} htmlFor={id}>
        {label}
      </label>
    </span>
  );
}
