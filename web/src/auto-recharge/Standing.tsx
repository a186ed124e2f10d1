/** What the auto-recharge does at present, why, what it has spent, and what its owner can do about it. */
import type { Schema } from "@credits/contract";

import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import { Badge } from "../ui/Badge";
import { LinkButton } from "../ui/Button";
import { Card } from "../ui/Card";
import { Meter } from "../ui/Meter";
import { declineSentence, standingOf, toneOf } from "./standing";
import styles from "./Standing.module.css";
import { useTexts } from "./texts";

export function Standing({ recharge }: { recharge: Schema.AutoRecharge }) {
  const t = useTexts();
  const format = useFormat();
  const amounts = useAmounts();
  const now = new Date();
  const { status, authentication, last_failure: failure } = recharge;
  const moment = (instant: string) => `${format.moment(instant)} (${format.relative(instant, now)})`;
  const isToldAlready = status === "pausing" || status === "suspended";

  return (
    <Card title={t.heading} aside={<Badge tone={toneOf[status]}>{t.badges[status]}</Badge>}>
      <div className={styles.standing} role="status">
        <p className={styles.sentence}>{standingOf(recharge, t, { credits: amounts.credits, moment })}</p>
        {authentication != null && (
          <div className={styles.confirm}>
            <LinkButton href={authentication.url}>{t.state.confirm}</LinkButton>
            <p className={styles.note}>{t.state.linkUntil(format.moment(authentication.expires_at))}</p>
          </div>
        )}
        {failure != null && !isToldAlready && (
          <p className={styles.note}>
            {t.state.lastFailure(format.moment(failure.at))} {declineSentence(failure.code, t)}
          </p>
        )}
      </div>
      <Spent recharge={recharge} />
    </Card>
  );
}

/** How far into its cap it is. */
function Spent({ recharge: { settings, spent, cycle } }: { recharge: Schema.AutoRecharge }) {
  const t = useTexts().state;
  const format = useFormat();
  if (settings == null || spent == null) {
    return null;
  }
  const cap = settings.monthly_cap;
  const left = Math.max(0, cap.amount - spent.amount);
  return (
    <div className={styles.spent}>
      <p className={styles.line}>
        <span>{t.spent}</span>
        <strong>{t.spentOf(format.money(spent), format.money(cap))}</strong>
      </p>
      <Meter
        parts={[
          { key: "spent", size: spent.amount, colour: left === 0 ? "var(--warn)" : "var(--series-1)" },
          { key: "left", size: left, colour: "var(--sunken)" },
        ]}
      />
      <p className={styles.note}>{t.cycleEnds(format.day(cycle.end))}</p>
    </div>
  );
}
