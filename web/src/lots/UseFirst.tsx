/** What ends within 90 days, and how much a day has to be used so that nothing of it is forfeited. */
import type { Schema } from "@credits/contract";

import { isZero } from "../amounts/credits";
import { href } from "../app/routes";
import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import { useAdvice } from "../recharge/reads";
import { LinkButton } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { nextToEnd, paces } from "./order";
import styles from "./UseFirst.module.css";
import { useTexts } from "./texts";

export function UseFirst({ lots }: { lots: Schema.Lot[] }) {
  const t = useTexts().first;
  const format = useFormat();
  const amounts = useAmounts();
  const now = new Date();
  const ending = paces(lots, now);
  const next = nextToEnd(lots);

  return (
    <Card
      title={t.heading}
      aside={
        ending.length > 0 && (
          <LinkButton look="secondary" size="small" href={href("estimate")}>
            {t.estimate}
          </LinkButton>
        )
      }
    >
      {ending.length === 0 ? (
        <p className={styles.calm}>
          <Icon name="check" />
          <span>
            {t.calm} {next !== undefined && t.calmText(format.day(next.expires_at))}
          </span>
        </p>
      ) : (
        <ol className={styles.paces}>
          {ending.map(({ lot, credits, perDay }) => (
            <li key={lot.id} className={styles.pace}>
              <span className={styles.until}>{format.relative(lot.expires_at, now)}</span>
              <span>
                {perDay === null
                  ? t.today(amounts.creditsShort(credits), format.moment(lot.expires_at))
                  : t.pace(amounts.credits(perDay), format.day(lot.expires_at))}
              </span>
            </li>
          ))}
        </ol>
      )}
      <Forecast />
    </Card>
  );
}

/** What the service reckons from past use; nothing while there is too little of it. */
function Forecast() {
  const t = useTexts().first;
  const amounts = useAmounts();
  const { data: advice } = useAdvice();
  const unused = advice?.forecast?.ending_unused;
  if (unused === undefined) {
    return null;
  }
  return <p className={styles.forecast}>{isZero(unused) ? t.enough : t.unused(amounts.creditsShort(unused))}</p>;
}
