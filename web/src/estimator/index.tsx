/** The estimator: what a piece of work would cost, why, and how far what is available goes with it. */
import type { Schema } from "@credits/contract";
import { useState } from "react";

import { useOperations } from "../data/reads";
import { Card } from "../ui/Card";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { SkeletonRows } from "../ui/Skeleton";
import styles from "./index.module.css";
import { Result } from "./Result";
import { useTexts } from "./texts";
import { firstWork, priced } from "./work";
import { WorkForm } from "./WorkForm";

export default function Estimator() {
  const t = useTexts();
  const { data, isError, error, refetch } = useOperations();
  const operations = data && priced(data.data);
  const [first] = operations ?? [];
  return (
    <Screen title={t.title} lead={t.intro}>
      {first !== undefined && operations !== undefined ? (
        <Estimate operations={operations} first={first} />
      ) : operations !== undefined ? (
        <Card>
          <Empty title={t.none}>{t.noneText}</Empty>
        </Card>
      ) : isError ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={styles.halves}>
          <Card>
            <SkeletonRows rows={4} height="5rem" />
          </Card>
          <Card>
            <SkeletonRows rows={6} height="5rem" />
          </Card>
        </div>
      )}
    </Screen>
  );
}

function Estimate({ operations, first }: { operations: Schema.Operation[]; first: Schema.Operation }) {
  const [work, setWork] = useState(() => firstWork(first));
  return (
    <div className={styles.halves}>
      <WorkForm operations={operations} work={work} onChange={setWork} />
      <Result work={work} />
    </div>
  );
}
