/** Says that the browser has no connection, for as long as it has none. */
import { useSyncExternalStore } from "react";

import { Banner } from "../ui/Banner";
import styles from "./Offline.module.css";
import { useTexts } from "./texts";

export function Offline() {
  const t = useTexts();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return <div className={styles.offline}>{online || <Banner tone="warn" title={t.offline} live />}</div>;
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
