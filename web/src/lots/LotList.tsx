/** The lots in the order in which they are used, each with what is left of it and when it ends. */
import type { Schema } from "@credits/contract";

import { drawn, isZero, less } from "../amounts/credits";
import { href } from "../app/routes";
import { useFormat } from "../i18n/format";
import { Badge } from "../ui/Badge";
import { Meter } from "../ui/Meter";
import styles from "./LotList.module.css";
import { freeOf, inBurnOrder, urgencyOf } from "./order";
import { useTexts } from "./texts";

export function LotList({ lots }: { lots: Schema.Lot[] }) {
  const ordered = inBurnOrder(lots);
  const next = ordered.find((lot) => !isZero(freeOf(lot)));
  return (
    <ol className={styles.lots}>
      {ordered.map((lot) => (
        <Row key={lot.id} lot={lot} isNext={lot === next} />
      ))}
    </ol>
  );
}

const badgeOf = { soon: "warn", near: "neutral", far: "neutral" } as const;

function Row({ lot, isNext }: { lot: Schema.Lot; isNext: boolean }) {
  const t = useTexts();
  const format = useFormat();
  const now = new Date();
  const urgency = urgencyOf(lot, now);
  return (
    <li className={styles.lot}>
      <p className={styles.source}>
        {t.sources[lot.source]}
        {isNext && <Badge tone="good">{t.list.next}</Badge>}
      </p>
      <p className={styles.left}>
        <strong>{format.credits(lot.remaining)}</strong> <span>{t.list.of(format.credits(lot.granted))}</span>
      </p>
      <div className={styles.meter}>
        <Meter
          parts={[
            { key: "free", size: drawn(freeOf(lot)), colour: "var(--series-1)" },
            { key: "held", size: drawn(lot.held), colour: "var(--series-3)" },
            { key: "frozen", size: drawn(lot.frozen), colour: "var(--line-strong)" },
            { key: "gone", size: drawn(less(lot.granted, lot.remaining)), colour: "var(--sunken)" },
          ]}
        />
      </div>
      <p className={styles.ends}>
        {t.list.ends(format.day(lot.expires_at))}{" "}
        <Badge tone={badgeOf[urgency]}>{format.relative(lot.expires_at, now)}</Badge>
      </p>
      <p className={styles.came}>
        {lot.priority < 0 && <>{t.list.before} · </>}
        {lot.priority > 0 && <>{t.list.after} · </>}
        {!isZero(lot.held) && <>{t.list.held(format.credits(lot.held))} · </>}
        {!isZero(lot.frozen) && <>{t.list.frozen(format.credits(lot.frozen))} · </>}
        {t.list.granted(format.day(lot.granted_at))}
        {lot.purchase_id !== undefined && (
          <>
            {" · "}
            <a href={href("purchases", { id: lot.purchase_id })}>{t.list.purchase}</a>
          </>
        )}
      </p>
    </li>
  );
}
