/** Stands in for the page once the platform's session has ended. */
import { Button, LinkButton } from "../ui/Button";
import type { PageSettings } from "./settings";
import styles from "./Instead.module.css";
import { useTexts } from "./texts";

export function SignedOut({ settings }: { settings: PageSettings }) {
  const t = useTexts();
  return (
    <main className={styles.page}>
      <h1>{t.title}</h1>
      <p>{t.explanation}</p>
      {settings.sign_in_url === null ? (
        <Button onPress={() => location.reload()}>{t.reload}</Button>
      ) : (
        <LinkButton href={settings.sign_in_url}>{t.signIn}</LinkButton>
      )}
    </main>
  );
}
