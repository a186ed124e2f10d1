/** What it costs, whether that can be afforded, how far what is available goes, and where the cost comes from. */
import type { Schema } from "@credits/contract";

import { isZero } from "../amounts/credits";
import { useFormat } from "../i18n/format";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { SkeletonRows } from "../ui/Skeleton";
import { Afford } from "./Afford";
import { Parts } from "./Parts";
import { useQuote } from "./quote";
import { Reach } from "./Reach";
import styles from "./Result.module.css";
import { useTexts } from "./texts";
import { requestOf, type Work } from "./work";

export function Result({ work }: { work: Work }) {
  const t = useTexts().result;
  const request = requestOf(work);
  const quote = useQuote(request);
  const shown = request === null ? undefined : quote.data;
  return (
    <Card title={t.heading}>
      {shown !== undefined ? (
        <Quoted quote={shown} isOld={quote.isOld} />
      ) : request === null ? (
        <p className={styles.waiting}>{t.waiting}</p>
      ) : quote.isError ? (
        <Problem error={quote.error} onRetry={() => void quote.refetch()} />
      ) : (
        <SkeletonRows rows={5} height="3.5rem" />
      )}
    </Card>
  );
}

function Quoted({ quote, isOld }: { quote: Schema.Quote; isOld: boolean }) {
  const t = useTexts().result;
  const format = useFormat();
  return (
    <div className={styles.result} data-old={isOld}>
      <div role="status">
        <p className={styles.label}>{t.cost}</p>
        <p className={styles.cost}>
          {format.credits(quote.credits)} <span>{t.unit}</span>
        </p>
      </div>
      {isZero(quote.credits) ? (
        <p>{t.free}</p>
      ) : (
        <>
          <Afford quote={quote} />
          <Reach cost={quote.credits} />
          <Parts quote={quote} />
        </>
      )}
    </div>
  );
}
