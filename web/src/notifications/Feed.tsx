/** What there was to tell, newest first, and a mark on what is new. Nothing is marked as read by being shown. */
import { staleAfterChange } from "@credits/contract";
import { useMutation } from "@tanstack/react-query";

import { usePages } from "../data/usePages";
import { useStale } from "../data/useStale";
import { useFormat } from "../i18n/format";
import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Empty } from "../ui/Empty";
import { More } from "../ui/More";
import { Problem } from "../ui/Problem";
import { SkeletonRows } from "../ui/Skeleton";
import styles from "./Feed.module.css";
import { NoticeRow } from "./NoticeRow";
import { useTexts } from "./texts";

export function Feed() {
  const t = useTexts().feed;
  const format = useFormat();
  const pages = usePages("notifications", [], (credits, cursor, signal) =>
    credits.get("/v1/notifications", { params: { query: { cursor } }, signal }),
  );
  const notices = pages.data?.pages.flatMap(({ data }) => data);
  const unread = pages.data?.pages[0]?.unread ?? 0;
  const newest = notices?.[0]?.number;

  return (
    <Card
      title={newest === undefined ? t.heading : unread > 0 ? t.unread(format.count(unread)) : t.marked}
      aside={unread > 0 && newest !== undefined && <MarkAll until={newest} />}
    >
      {notices === undefined ? (
        pages.isError ? (
          <Problem error={pages.error} onRetry={() => void pages.refetch()} />
        ) : (
          <SkeletonRows rows={5} height="6rem" />
        )
      ) : notices.length === 0 ? (
        <Empty title={t.empty}>{t.emptyText}</Empty>
      ) : (
        <>
          <ol className={styles.notices}>
            {notices.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} />
            ))}
          </ol>
          <More pages={pages} />
        </>
      )}
    </Card>
  );
}

function MarkAll({ until }: { until: number }) {
  const t = useTexts().feed;
  const credits = useCredits();
  const stale = useStale();
  const marking = useMutation({
    mutationFn: () => credits.post("/v1/notifications/read", { body: { until } }),
    onSuccess: () => stale(staleAfterChange.read_notifications),
  });
  return (
    <>
      <Button look="secondary" size="small" onPress={() => marking.mutate()}>
        {t.markAll}
      </Button>
      {marking.isError && <Problem error={marking.error} />}
    </>
  );
}
