/** Something that the account's owner should know now, and what can be done about it. */
import type { ReactNode } from "react";

import styles from "./Banner.module.css";
import { Icon, type IconName } from "./Icon";

export type Tone = "info" | "good" | "warn" | "bad";

interface BannerProps {
  tone: Tone;
  title: ReactNode;
  children?: ReactNode;
  /** A link or button. */
  action?: ReactNode;
  /** Whether it came up while the page was looked at, and is to be read out. */
  live?: boolean;
}

const icons: Record<Tone, IconName> = { info: "info", good: "check", warn: "warning", bad: "warning" };

export function Banner({ tone, title, children, action, live = false }: BannerProps) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role={live ? "status" : undefined}>
      <Icon name={icons[tone]} />
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        {children !== undefined && <div className={styles.body}>{children}</div>}
      </div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
