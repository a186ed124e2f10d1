/** The use of the last days: a bar for each, and beside them the figures of those with use. */

import { drawn, isMore, isZero, sum } from "../amounts/credits";
import { useFormat } from "../i18n/format";
import { Credits } from "../ui/amounts";
import { Card } from "../ui/Card";
import { Chart } from "../ui/Chart";
import { Problem } from "../ui/Problem";
import { SkeletonRows } from "../ui/Skeleton";
import { Table, Td, Th } from "../ui/Table";
import styles from "./DailyUse.module.css";
import { type Day, lastDays } from "./days";
import { useDailyUse } from "./reads";
import { useTexts } from "./texts";

export function DailyUse() {
  const t = useTexts().daily;
  const summary = useDailyUse();
  const format = useFormat();
  const days = summary.data && lastDays(summary.data, new Date(summary.dataUpdatedAt));
  const lead = days && t.lead(format.date(days[0]?.date ?? ""), format.date(days.at(-1)?.date ?? ""));
  return (
    <Card title={t.title} lead={lead ?? "\u00a0"}>
      {summary.isError && days === undefined ? (
        <Problem error={summary.error} onRetry={() => void summary.refetch()} />
      ) : (
        <div className={styles.daily}>
          {days === undefined ? <SkeletonRows rows={5} height="3rem" /> : <DailyChart days={days} />}
          {days === undefined ? <SkeletonRows rows={5} height="3rem" /> : <DailyTable days={days} />}
        </div>
      )}
    </Card>
  );
}

function DailyChart({ days }: { days: Day[] }) {
  const t = useTexts().daily;
  const format = useFormat();
  const most = days.reduce((a, b) => (isMore(b.credits, a.credits) ? b : a));
  const total = sum(...days.map(({ credits }) => credits));
  const bars = days.map(({ date, credits, count }) => ({
    key: date,
    size: drawn(credits),
    label: format.dateShort(date),
    title: `${format.date(date)}, ${t.times(format.count(count))}`,
    detail: t.used(format.credits(credits)),
  }));
  const summary = isZero(most.credits)
    ? t.chartOfNothing
    : t.chart(format.creditsShort(total), format.creditsShort(most.credits), format.date(most.date));
  return <Chart bars={bars} summary={summary} axis={format.creditsCompact} />;
}

function DailyTable({ days }: { days: Day[] }) {
  const t = useTexts().daily;
  const format = useFormat();
  const used = days.filter(({ credits, count }) => count > 0 || !isZero(credits)).reverse();
  return (
    <Table
      caption={t.caption}
      height="15rem"
      density="tight"
      head={
        <>
          <Th>{t.day}</Th>
          <Th figures>{t.count}</Th>
          <Th figures>{t.credits}</Th>
        </>
      }
    >
      {used.length === 0 && (
        <tr>
          <Td colSpan={3}>{t.none}</Td>
        </tr>
      )}
      {used.map(({ date, credits, count }) => (
        <tr key={date}>
          <Td>{format.date(date)}</Td>
          <Td figures>{format.count(count)}</Td>
          <Td figures>
            <Credits value={credits} as="glance" />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
