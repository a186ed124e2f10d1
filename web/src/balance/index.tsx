/** The overview: what there is, what it was used for, and what its owner should know. The article's first two steps. */
import { href } from "../app/routes";
import { useBalance } from "../data/reads";
import { LinkButton } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { Breakdown } from "./Breakdown";
import { DailyUse } from "./DailyUse";
import { FirstSteps } from "./FirstSteps";
import { LatestChanges } from "./LatestChanges";
import { useLatestChanges } from "./reads";
import { Standing } from "./Standing";
import { useTexts } from "./texts";
import { Warnings } from "./Warnings";

export default function Overview() {
  const t = useTexts();
  const balance = useBalance();
  const latest = useLatestChanges();
  const isNew = latest.data?.data.length === 0;

  return (
    <Screen
      title={t.title}
      actions={
        <LinkButton href={href("estimate")} look="secondary">
          {t.estimate}
        </LinkButton>
      }
    >
      {balance.data !== undefined && !isNew && <Warnings balance={balance.data} />}
      {balance.isError && balance.data === undefined ? (
        <Problem error={balance.error} onRetry={() => void balance.refetch()} />
      ) : (
        <Standing balance={balance.data} />
      )}
      {isNew ? (
        <FirstSteps />
      ) : (
        <>
          <Breakdown cycle={balance.data?.cycle} />
          <DailyUse />
          <LatestChanges />
        </>
      )}
    </Screen>
  );
}
