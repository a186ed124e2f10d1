/** Auto-recharge: how it stands, what it is set to, and the card that it charges. */
import { useAutoRecharge } from "../data/reads";
import { usePackages } from "../recharge/reads";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { SkeletonRows } from "../ui/Skeleton";
import { CardReturn } from "./CardReturn";
import styles from "./index.module.css";
import { SavedCard } from "./SavedCard";
import { SettingsForm } from "./SettingsForm";
import { Standing } from "./Standing";
import { useTexts } from "./texts";

export default function AutoRecharge() {
  const t = useTexts();
  const recharge = useAutoRecharge();
  const packages = usePackages(undefined, undefined);
  const failed = recharge.data === undefined ? recharge : packages;

  return (
    <Screen title={t.title} lead={t.intro}>
      <CardReturn />
      {recharge.data !== undefined && packages.data !== undefined ? (
        <>
          <Standing recharge={recharge.data} />
          <div className={styles.halves}>
            <SettingsForm recharge={recharge.data} packages={packages.data} />
            <SavedCard recharge={recharge.data} />
          </div>
        </>
      ) : failed.isError ? (
        <Problem error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <>
          <Card>
            <div className={styles.standing}>
              <SkeletonRows rows={2} height="3rem" />
            </div>
          </Card>
          <div className={styles.halves}>
            <Card title={t.form.heading}>
              <SkeletonRows rows={7} height="4.75rem" />
            </Card>
            <Card title={t.card.heading}>
              <SkeletonRows rows={3} height="4.25rem" />
            </Card>
          </div>
        </>
      )}
    </Screen>
  );
}
