/** The entries, as a bank statement has them: day by day, each line opening its detail. */
import type { Schema } from "@credits/contract";

import { useFormat } from "../i18n/format";
import { ChangeFigure } from "./ChangeFigure";
import styles from "./EntryList.module.css";
import { byDay } from "./days";
import { owedBy } from "./story";
import { useTexts } from "./texts";
import { useHeading } from "./useHeading";

interface EntryListProps {
  entries: Schema.Entry[];
  onOpen: (entry: Schema.Entry) => void;
}

export function EntryList({ entries, onOpen }: EntryListProps) {
  const format = useFormat();
  return (
    <ol className={styles.days}>
      {byDay(entries).map(({ day, entries }) => (
        <li key={day}>
          <h2 className={styles.day}>{format.date(day)}</h2>
          <ol>
            {entries.map((entry) => (
              <Row key={entry.id} entry={entry} onOpen={() => onOpen(entry)} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function Row({ entry, onOpen }: { entry: Schema.Entry; onOpen: () => void }) {
  const t = useTexts();
  const format = useFormat();
  const heading = useHeading()(entry);
  const owed = owedBy(entry);
  const about = [entry.reference, entry.description].filter((text) => text !== undefined).join(" · ");
  return (
    <li className={styles.row}>
      <button type="button" className={styles.open} onClick={onOpen}>
        <span className="unseen">{t.list.open(heading)}</span>
      </button>
      <p className={styles.heading}>{heading}</p>
      <p className={styles.change}>
        <ChangeFigure entry={entry} />
      </p>
      <p className={styles.about}>
        <time dateTime={entry.created_at}>{format.time(entry.created_at)}</time> · {t.kinds[entry.kind]}
        {about !== "" && <> · {about}</>}
      </p>
      <p className={styles.after}>
        {owed !== null && <span className={styles.owed}>{t.change.owed(format.credits(owed))} · </span>}
        {t.list.available(format.creditsShort(entry.available_after))}
      </p>
    </li>
  );
}
