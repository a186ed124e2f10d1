/** How much ends within 7, 30 and 90 days, at a glance. */
import { isZero } from "../amounts/credits";
import { useBalance } from "../data/reads";
import { useFormat } from "../i18n/format";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Skeleton } from "../ui/Skeleton";
import styles from "./Endings.module.css";
import { useTexts } from "./texts";

export function Endings() {
  const t = useTexts().endings;
  const { data: balance, isError, error, refetch } = useBalance();
  const format = useFormat();
  const figures = [
    ["week", "within_7_days"],
    ["month", "within_30_days"],
    ["quarter", "within_90_days"],
  ] as const;
  return (
    <Card title={t.heading} lead={t.explained}>
      {balance === undefined && isError ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <dl className={styles.figures}>
          {figures.map(([name, within]) => {
            const credits = balance?.expiring[within];
            return (
              <div key={name} className={styles.figure} data-ending={credits !== undefined && !isZero(credits)}>
                <dt>{t[name]}</dt>
                <dd>
                  {credits === undefined ? (
                    <Skeleton width="5ch" />
                  ) : isZero(credits) ? (
                    t.none
                  ) : (
                    format.creditsShort(credits)
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </Card>
  );
}
