/** The purchases, newest first; one that a link leads to stands above them. */
import { href, useRoute } from "../app/routes";
import { usePages } from "../data/usePages";
import { useRead } from "../data/useRead";
import { LinkButton } from "../ui/Button";
import { Card } from "../ui/Card";
import { Empty } from "../ui/Empty";
import { More } from "../ui/More";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { SkeletonRows } from "../ui/Skeleton";
import { PurchaseList } from "./PurchaseList";
import { useTexts } from "./texts";

export default function Purchases() {
  const t = useTexts();
  const id = useRoute().params.get("id");
  return (
    <Screen title={t.title} lead={t.intro}>
      {id !== null && <Found id={id} />}
      <Card title={id === null ? undefined : t.list.all}>
        <All />
      </Card>
    </Screen>
  );
}

function All() {
  const t = useTexts();
  const pages = usePages("purchases", [], (credits, cursor, signal) =>
    credits.get("/v1/purchases", { params: { query: { cursor } }, signal }),
  );
  if (pages.isPending) {
    return <SkeletonRows rows={4} height="6rem" />;
  }
  if (pages.data === undefined) {
    return <Problem error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  const purchases = pages.data.pages.flatMap(({ data }) => data);
  if (purchases.length === 0) {
    return (
      <Empty title={t.list.empty} action={<LinkButton href={href("buy")}>{t.list.buy}</LinkButton>}>
        {t.list.emptyText}
      </Empty>
    );
  }
  return (
    <>
      <PurchaseList purchases={purchases} />
      <More pages={pages} />
    </>
  );
}

function Found({ id }: { id: string }) {
  const t = useTexts();
  const read = useRead("purchases", ["one", id], (credits, signal) =>
    credits.get("/v1/purchases/{id}", { params: { path: { id } }, signal }),
  );
  return (
    <Card title={t.list.found} aside={<a href={href("purchases")}>{t.list.close}</a>}>
      {read.data !== undefined ? (
        <PurchaseList purchases={[read.data]} />
      ) : read.isError ? (
        <Problem error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <SkeletonRows rows={1} height="6rem" />
      )}
    </Card>
  );
}
