/** Where one can go. On a narrow screen the row is pushed sideways, and the present place is always in sight. */
import { useEffect, useRef } from "react";

import { useFormat } from "../i18n/format";
import styles from "./Navigation.module.css";
import { href, SCREENS, useRoute } from "./routes";
import { preload } from "./screens";
import { useTexts } from "./texts";

export function Navigation({ unread }: { unread: number }) {
  const t = useTexts();
  const format = useFormat();
  const { screen: current } = useRoute();
  const row = useRef<HTMLUListElement>(null);

  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    row.current?.scrollTo({ left: (here?.offsetLeft ?? 0) - row.current.clientWidth / 3 });
  }, [current]);

  return (
    <nav className={styles.navigation} aria-label={t.navigation}>
      <ul className={styles.row} ref={row}>
        {SCREENS.map((screen) => (
          <li key={screen}>
            <a
              className={styles.place}
              href={href(screen)}
              aria-current={screen === current ? "page" : undefined}
              onPointerEnter={() => preload(screen)}
              onFocus={() => preload(screen)}
            >
              {t.screens[screen]}
              {screen === "notifications" && unread > 0 && (
                <span className={styles.unread}>
                  <span aria-hidden="true">{format.creditsCompact(unread)}</span>
                  <span className="unseen">{t.unread(format.count(unread))}</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
