/** One entry in full: what happened, what it cost and why, which lots it touched, and what was there after it. */
import type { Schema } from "@credits/contract";

import { href } from "../app/routes";
import { useRead } from "../data/useRead";
import { useOperationName } from "../data/useOperationName";
import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import { Badge } from "../ui/Badge";
import { Dialog } from "../ui/Dialog";
import { Facts } from "../ui/Facts";
import { Problem } from "../ui/Problem";
import { SkeletonRows } from "../ui/Skeleton";
import { Figure } from "./ChangeFigure";
import { Cost } from "./Cost";
import styles from "./EntryDetail.module.css";
import { LotsTouched } from "./LotsTouched";
import { availableBefore, changeOf, owedBy, storyOf } from "./story";
import { useTexts } from "./texts";
import { useHeading } from "./useHeading";

export function EntryDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts();
  const heading = useHeading();
  const read = useRead("history", ["entry", id], (credits, signal) =>
    credits.get("/v1/usage-history/{id}", { params: { path: { id } }, signal }),
  );
  return (
    <Dialog title={read.data === undefined ? t.detail.heading : heading(read.data.entry)} isOpen onClose={onClose}>
      {read.data !== undefined ? (
        <Details details={read.data} />
      ) : read.isError ? (
        <Problem error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <SkeletonRows rows={7} height="2.5rem" />
      )}
    </Dialog>
  );
}

function Details({ details: { entry, components, refunded, lots } }: { details: Schema.EntryDetails }) {
  const t = useTexts();
  const format = useFormat();
  const amounts = useAmounts();
  const owed = owedBy(entry);
  return (
    <div className={styles.detail}>
      <header className={styles.top}>
        <p className={styles.figure}>
          <Figure change={changeOf(entry)} />
        </p>
        <Badge>{t.kinds[entry.kind]}</Badge>
        {owed !== null && <Badge tone="warn">{t.change.owed(format.credits(owed))}</Badge>}
      </header>
      <p className={styles.meaning}>{t.meanings[storyOf(entry)]}</p>
      {refunded !== null && refunded !== undefined && (
        <p>
          <a href={href("history", { entry: refunded.entry_id })}>
            {t.detail.refunded(amounts.credits(refunded.credits), format.moment(refunded.at))}
          </a>
        </p>
      )}
      <About entry={entry} />
      {entry.operation !== undefined && <Cost entry={entry} components={components} />}
      {entry.lots.length > 0 && <LotsTouched changes={entry.lots} lots={lots} />}
      <section>
        <h3 className={styles.heading}>{t.detail.balance}</h3>
        <Facts
          figures
          facts={[
            [t.detail.before, format.credits(availableBefore(entry))],
            [t.detail.available, <strong key="after">{format.credits(entry.available_after)}</strong>],
            [t.detail.owned, format.credits(entry.balance_after)],
          ]}
        />
      </section>
    </div>
  );
}

function About({ entry }: { entry: Schema.Entry }) {
  const t = useTexts().detail;
  const format = useFormat();
  const nameOf = useOperationName();
  const { purchase_id: purchase, refunds_sequence: refunds, rate_version: version } = entry;
  const notes = Object.entries(entry.metadata ?? {});
  return (
    <Facts
      facts={[
        [t.when, format.moment(entry.created_at)],
        [t.reason, entry.description],
        [t.operation, entry.operation && nameOf(entry.operation)],
        [t.variant, entry.variant],
        [t.reference, entry.reference],
        [t.rate, version && t.rateVersion(format.count(version))],
        [
          t.purchase,
          purchase && (
            <a key="purchase" href={href("purchases", { id: purchase })}>
              {t.seePurchase}
            </a>
          ),
        ],
        [
          t.hold,
          entry.hold_id &&
            (entry.reference === undefined ? (
              <code key="hold">{entry.hold_id}</code>
            ) : (
              <a key="hold" href={href("history", { reference: entry.reference })}>
                {t.seeHold}
              </a>
            )),
        ],
        [t.gives, refunds && t.refunds(format.count(refunds))],
        ...notes.map(([name, note]) => [name, note] as const),
        [t.entry, t.number(format.count(entry.sequence))],
        [t.id, <code key="id">{entry.id}</code>],
      ]}
    />
  );
}
