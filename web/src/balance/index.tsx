/** The overview: what there is, what it was used for, and what its owner should know. The article's first two steps. */
import { href } from "../app/routes";
import { useAutoRecharge, useBalance, useLatestNotices } from "../data/reads";
import { LinkButton } from "../ui/Button";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { SkeletonRows } from "../ui/Skeleton";
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
  const recharge = useAutoRecharge();
  const notices = useLatestNotices();
  // Whether there are warnings, and whether there is anything to show at all, is known when all of these are there:
  // what stands below the balance comes at once, so that nothing is pushed aside by what comes late.
  const isComing = [balance, latest, recharge, notices].some(({ isPending }) => isPending);

  return (
    <Screen
      title={t.title}
      actions={
        <LinkButton href={href("estimate")} look="secondary">
          {t.estimate}
        </LinkButton>
      }
    >
      {balance.isError && balance.data === undefined ? (
        <Problem error={balance.error} onRetry={() => void balance.refetch()} />
      ) : (
        <Standing balance={balance.data} />
      )}
      {isComing ? (
        <Coming />
      ) : latest.data?.data.length === 0 ? (
        <FirstSteps />
      ) : (
        <>
          {balance.data !== undefined && (
            <Warnings balance={balance.data} recharge={recharge.data} notices={notices.data?.data} />
          )}
          {balance.data !== undefined && <Breakdown cycle={balance.data.cycle} />}
          <DailyUse />
          <LatestChanges latest={latest} />
        </>
      )}
    </Screen>
  );
}

function Coming() {
  return (
    <Card>
      <SkeletonRows rows={6} height="3.25rem" />
    </Card>
  );
}
