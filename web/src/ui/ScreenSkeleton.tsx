/** Stands in for a screen whose module is on its way. */
import { Screen } from "./Screen";
import { SkeletonRows } from "./Skeleton";
import { useTexts } from "./texts";

export function ScreenSkeleton() {
  const t = useTexts();
  return (
    <Screen title={t.loading}>
      <SkeletonRows rows={6} height="4rem" />
    </Screen>
  );
}
