/** Stands in for the page while its settings cannot be had. */
import { Problem } from "../ui/Problem";
import styles from "./Instead.module.css";
import { useTexts } from "./texts";

export function NotOpened({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts();
  return (
    <main className={styles.page}>
      <h1>{t.notOpened}</h1>
      <Problem error={error} onRetry={onRetry} />
    </main>
  );
}
