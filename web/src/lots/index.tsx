/** The lots: what ends when, what to use first, and all of them in the order in which they are used. */
import { usePages } from "../data/usePages";
import { href } from "../app/routes";
import { Card } from "../ui/Card";
import { LinkButton } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { More } from "../ui/More";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { SkeletonRows } from "../ui/Skeleton";
import { Endings } from "./Endings";
import { LotList } from "./LotList";
import { UseFirst } from "./UseFirst";
import { useTexts } from "./texts";

export default function Lots() {
  const t = useTexts();
  const pages = usePages("lots", [], (credits, cursor, signal) =>
    credits.get("/v1/lots", { params: { query: { limit: 100, cursor } }, signal }),
  );
  const lots = pages.data?.pages.flatMap(({ data }) => data);

  return (
    <Screen title={t.title} lead={t.intro}>
      <Endings />
      {lots === undefined
        ? !pages.isError && (
            <Card title={t.first.heading}>
              <SkeletonRows rows={2} height="2rem" />
            </Card>
          )
        : lots.length > 0 && <UseFirst lots={lots} />}
      <Card title={t.list.heading} lead={t.terms}>
        {lots === undefined ? (
          pages.isError ? (
            <Problem error={pages.error} onRetry={() => void pages.refetch()} />
          ) : (
            <SkeletonRows rows={4} height="6rem" />
          )
        ) : lots.length === 0 ? (
          <Empty title={t.list.empty} action={<LinkButton href={href("buy")}>{t.list.buy}</LinkButton>}>
            {t.list.emptyText}
          </Empty>
        ) : (
          <>
            <LotList lots={lots} />
            <More pages={pages} />
          </>
        )}
      </Card>
    </Screen>
  );
}
