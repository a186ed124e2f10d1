/** Downloads what is filtered as CSV, and says how far it has come. */
import { useRef, useState } from "react";

import { useFormat } from "../i18n/format";
import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { downloadHistory, fileName } from "./download";
import styles from "./DownloadButton.module.css";
import type { HistoryQuery } from "./filters";
import { useTexts } from "./texts";

type State = { is: "idle" } | { is: "running"; bytes: number } | { is: "done"; bytes: number } | { is: "failed" };

export function DownloadButton({ query }: { query: HistoryQuery }) {
  const t = useTexts().download;
  const { locale } = useFormat();
  const credits = useCredits();
  const [state, setState] = useState<State>({ is: "idle" });
  const running = useRef<AbortController>(null);

  const start = async () => {
    const stopping = new AbortController();
    running.current = stopping;
    setState({ is: "running", bytes: 0 });
    const onProgress = (bytes: number) => setState({ is: "running", bytes });
    try {
      const name = fileName(t.file, new Date());
      const { bytes } = await downloadHistory(credits, query, name, onProgress, stopping.signal);
      setState({ is: "done", bytes });
    } catch {
      setState({ is: stopping.signal.aborted ? "idle" : "failed" });
    }
  };

  const size = (bytes: number) => inKilobytes(bytes, locale);
  return (
    <div className={styles.download}>
      <p className={styles.told} role="status">
        {state.is === "running" && t.running(size(state.bytes))}
        {state.is === "done" && t.done(size(state.bytes))}
        {state.is === "failed" && <span className={styles.failed}>{t.failed}</span>}
      </p>
      {state.is === "running" ? (
        <Button look="secondary" onPress={() => running.current?.abort()}>
          {t.cancel}
        </Button>
      ) : (
        <Button look="secondary" onPress={() => void start()}>
          {t.button}
        </Button>
      )}
    </div>
  );
}

function inKilobytes(bytes: number, locale: string): string {
  const kilobytes = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  return kilobytes.format(Math.ceil(bytes / 1000));
}
