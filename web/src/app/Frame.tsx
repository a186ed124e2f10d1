/** What stands around every screen: the product's name, the balance at a glance, where one can go, and the language. */
import { type ReactNode, useEffect, useRef } from "react";

import { useBalance, useLatestNotices } from "../data/reads";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useSession } from "../session/Session";
import { Badge } from "../ui/Badge";
import { Skeleton } from "../ui/Skeleton";
import { Footer } from "./Footer";
import styles from "./Frame.module.css";
import { Navigation } from "./Navigation";
import { Offline } from "./Offline";
import { href, useRoute } from "./routes";
import { useTexts } from "./texts";

export function Frame({ children }: { children: ReactNode }) {
  const t = useTexts();
  const { settings } = useSession();
  const { screen } = useRoute();
  const language = useLanguage();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(screen);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${t.screens[screen]} · ${settings.product_name}`;
  }, [language, screen, settings, t]);

  // Whoever goes to another screen by keyboard or screen reader goes on from its beginning.
  useEffect(() => {
    if (shown.current !== screen) {
      shown.current = screen;
      scrollTo({ top: 0 });
      main.current?.focus({ preventScroll: true });
    }
  }, [screen]);

  const skip = () => main.current?.focus();

  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={skip}>
        {t.skip}
      </button>
      <header className={styles.header}>
        <div className={styles.top}>
          <a className={styles.brand} href={href("overview")}>
            {settings.product_name}
          </a>
          {settings.sandbox && (
            <Badge tone="warn">
              {t.sandbox}
              <span className={styles.explained}>{t.sandboxExplained}</span>
            </Badge>
          )}
          <Glance />
        </div>
        <Navigation unread={useLatestNotices().data?.unread ?? 0} />
      </header>
      <main className={styles.main} ref={main} tabIndex={-1}>
        <Offline />
        {children}
      </main>
      <Footer />
    </div>
  );
}

/** The available credits, wherever one is; the overview shows them large. */
function Glance() {
  const t = useTexts();
  const format = useFormat();
  const { screen } = useRoute();
  const { data: balance } = useBalance();
  if (screen === "overview") {
    return null;
  }
  return (
    <a className={styles.glance} href={href("overview")}>
      {balance === undefined ? <Skeleton width="4ch" /> : <strong>{format.creditsShort(balance.available)}</strong>}{" "}
      <span className={styles.word}>{t.available}</span>
    </a>
  );
}
