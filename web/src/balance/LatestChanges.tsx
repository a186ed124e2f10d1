/** The latest entries of the history, so that a purchase or a use can be seen to have arrived. */
import type { Schema } from "@credits/contract";

import { href } from "../app/routes";
import { useOperationName } from "../data/useOperationName";
import { useFormat } from "../i18n/format";
import { ChangeFigure } from "../history/ChangeFigure";
import { storyOf } from "../history/story";
import { useTexts as useHistoryTexts } from "../history/texts";
import { Moment } from "../ui/amounts";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { SkeletonRows } from "../ui/Skeleton";
import { Table, Td, Th } from "../ui/Table";
import styles from "./LatestChanges.module.css";
import type { useLatestChanges } from "./reads";
import { useTexts } from "./texts";

export function LatestChanges({ latest }: { latest: ReturnType<typeof useLatestChanges> }) {
  const t = useTexts().latest;
  return (
    <Card title={t.title} aside={<a href={href("history")}>{t.all}</a>}>
      {latest.data === undefined ? (
        latest.isError ? (
          <Problem error={latest.error} onRetry={() => void latest.refetch()} />
        ) : (
          <SkeletonRows rows={5} height="3.5rem" />
        )
      ) : (
        <Table
          caption={t.caption}
          head={
            <>
              <Th>{t.what}</Th>
              <Th figures className={styles.moved}>
                {t.change}
              </Th>
              <Th figures className={styles.after}>
                {t.after}
              </Th>
            </>
          }
        >
          {latest.data.data.map((entry) => (
            <Change key={entry.id} entry={entry} />
          ))}
        </Table>
      )}
    </Card>
  );
}

function Change({ entry }: { entry: Schema.Entry }) {
  const { titles } = useHistoryTexts();
  const nameOf = useOperationName();
  const format = useFormat();
  const about = entry.operation === undefined ? titles[storyOf(entry)] : nameOf(entry.operation);
  return (
    <tr>
      <Td>
        <span className={styles.about}>{about}</span>
        <span className={styles.when}>
          <Moment at={entry.created_at} />
          {entry.reference !== undefined && <> · {entry.reference}</>}
        </span>
      </Td>
      <Td figures className={styles.moved}>
        <ChangeFigure entry={entry} />
      </Td>
      <Td figures className={styles.after}>
        {format.creditsShort(entry.available_after)}
      </Td>
    </tr>
  );
}
