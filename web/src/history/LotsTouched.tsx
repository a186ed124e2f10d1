/** The lots that an entry put credits into, drew them from or set them aside in: where they came from, when they end. */
import type { Schema } from "@credits/contract";

import { useFormat } from "../i18n/format";
import { useTexts as useLotTexts } from "../lots/texts";
import { Figure } from "./ChangeFigure";
import styles from "./EntryDetail.module.css";
import { changeOfLot } from "./story";
import { useTexts } from "./texts";

interface LotsTouchedProps {
  changes: Schema.LotChange[];
  /** As they are now. */
  lots: Schema.Lot[];
}

export function LotsTouched({ changes, lots }: LotsTouchedProps) {
  const t = useTexts().detail;
  const sources = useLotTexts().sources;
  const format = useFormat();
  return (
    <section>
      <h3 className={styles.heading}>{t.lots}</h3>
      <ul>
        {changes.map((change) => {
          const lot = lots.find(({ id }) => id === change.lot_id);
          return (
            <li key={change.lot_id} className={styles.lot}>
              <span>
                {lot === undefined ? change.lot_id : sources[lot.source]}
                {lot !== undefined && <span className={styles.small}>{t.ends(format.day(lot.expires_at))}</span>}
              </span>
              <Figure change={changeOfLot(change)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
