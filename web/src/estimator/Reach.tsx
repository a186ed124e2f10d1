/** How many of these there are credits for, and how long they last at so many a day. */
import { useState } from "react";

import { isZero } from "../amounts/credits";
import { useBalance } from "../data/reads";
import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import { Field } from "../ui/Field";
import { howMany, lastsDays } from "./affordability";
import styles from "./Result.module.css";
import { useTexts } from "./texts";

const USUAL_TIMES = "10";

export function Reach({ cost }: { cost: string }) {
  const t = useTexts();
  const format = useFormat();
  const amounts = useAmounts();
  const { data: balance } = useBalance();
  const [times, setTimes] = useState(USUAL_TIMES);
  if (balance === undefined) {
    return null;
  }
  const count = howMany(balance.available, cost) ?? 0n;
  const days = lastsDays(balance.available, cost, Number(times));
  const { within_90_days: ending } = balance.expiring;
  return (
    <section className={styles.reach}>
      <p className={styles.count}>
        {count === 0n
          ? t.result.countNone
          : count === 1n
            ? t.result.countOne
            : t.result.count(format.count(String(count)))}
      </p>
      {count > 0n && (
        <>
          <div className={styles.days}>
            <Field label={t.form.times} value={times} onChange={setTimes} inputMode="numeric" />
            <p role="status">
              {days === null ? "" : days === 0n ? t.result.lessThanADay : t.result.days(amounts.days(days))}
            </p>
          </div>
          <p className={styles.note}>
            {balance.runway_days != null && <>{t.result.runway(amounts.days(Math.floor(balance.runway_days)))} </>}
            {!isZero(ending) && t.result.ending(amounts.creditsShort(ending))}
          </p>
        </>
      )}
    </section>
  );
}
