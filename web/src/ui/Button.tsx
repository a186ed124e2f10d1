/** What is pressed: a button that does something, or a link that looks like one. */
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";

import styles from "./Button.module.css";

interface Look {
  look?: "primary" | "secondary" | "quiet" | "danger";
  size?: "normal" | "small" | "wide";
  children: ReactNode;
}

function classes({ look = "primary", size = "normal" }: Omit<Look, "children">): string {
  return [styles.button, styles[look], styles[size]].join(" ");
}

/** While `isPending` it keeps its place and its focus, and takes no press. */
export function Button({ look, size, children, ...rest }: Look & Omit<AriaButtonProps, "children" | "className">) {
  return (
    <AriaButton {...rest} className={classes({ look, size })}>
      {children}
      {rest.isPending && <span className={styles.spinner} aria-hidden="true" />}
    </AriaButton>
  );
}

export function LinkButton({ look, size, children, ...rest }: Look & { href: string; download?: boolean }) {
  return (
    <a {...rest} className={classes({ look, size })}>
      {children}
    </a>
  );
}
