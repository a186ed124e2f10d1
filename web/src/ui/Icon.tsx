/** The page's few pictograms. They say nothing that the words beside them do not. */
import styles from "./Icon.module.css";

const paths = {
  info: "M10 9v5M10 6.2v.1",
  warning: "M10 7v4M10 13.6v.1",
  check: "m6.2 10.3 2.6 2.6 5-5.6",
  clock: "M10 6v4.2l2.6 1.6",
  cross: "m7.2 7.2 5.6 5.6M12.8 7.2l-5.6 5.6",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 20 20" aria-hidden="true">
      {name === "warning" ? <path d="M10 2.6 18 16.8H2Z" /> : <circle cx="10" cy="10" r="7.6" />}
      <path d={paths[name]} />
    </svg>
  );
}
