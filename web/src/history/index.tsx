/** The history: what changed the credits, narrowed as one likes, each line with its detail, all of it as a file. */
import type { Schema } from "@credits/contract";
import { useMemo } from "react";

import { go, href, replace, useRoute } from "../app/routes";
import { usePages } from "../data/usePages";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Empty } from "../ui/Empty";
import { More } from "../ui/More";
import { Problem } from "../ui/Problem";
import { Screen } from "../ui/Screen";
import { SkeletonRows } from "../ui/Skeleton";
import { DownloadButton } from "./DownloadButton";
import { EntryDetail } from "./EntryDetail";
import { EntryList } from "./EntryList";
import { Filters } from "./Filters";
import { type Filters as Chosen, type HistoryQuery, isNarrowed, queryOf, readFilters, writeFilters } from "./filters";
import { useTexts } from "./texts";

export default function History() {
  const t = useTexts();
  const { params } = useRoute();
  const filters = useMemo(() => readFilters(params), [params]);
  const query = useMemo(() => queryOf(filters, new Date()), [filters]);
  const entry = params.get("entry");
  const choose = (filters: Chosen) => replace(href("history", writeFilters(filters)));
  const open = (id: string | undefined, move: (to: string) => void) =>
    move(href("history", { ...writeFilters(filters), entry: id }));

  return (
    <Screen title={t.title} lead={t.intro} actions={<DownloadButton query={query} />}>
      <Card>
        <Filters filters={filters} onChange={choose} />
      </Card>
      <Card>
        <Entries
          query={query}
          onOpen={({ id }) => open(id, go)}
          onClear={isNarrowed(filters) ? () => choose({ time: "always" }) : undefined}
        />
      </Card>
      {entry !== null && <EntryDetail id={entry} onClose={() => open(undefined, replace)} />}
    </Screen>
  );
}

interface EntriesProps {
  query: HistoryQuery;
  onOpen: (entry: Schema.Entry) => void;
  /** There, if anything was filtered. */
  onClear: (() => void) | undefined;
}

function Entries({ query, onOpen, onClear }: EntriesProps) {
  const t = useTexts();
  const pages = usePages("history", [query], (credits, cursor, signal) =>
    credits.get("/v1/usage-history", { params: { query: { ...query, cursor } }, signal }),
  );
  if (pages.isPending) {
    return <SkeletonRows rows={8} height="4.25rem" />;
  }
  if (pages.data === undefined) {
    return <Problem error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  const entries = pages.data.pages.flatMap(({ data }) => data);
  if (entries.length === 0) {
    return onClear === undefined ? (
      <Empty title={t.list.empty}>{t.list.emptyText}</Empty>
    ) : (
      <Empty
        title={t.list.noMatch}
        action={
          <Button look="secondary" onPress={onClear}>
            {t.filters.clear}
          </Button>
        }
      >
        {t.list.noMatchText}
      </Empty>
    );
  }
  return (
    <>
      <EntryList entries={entries} onOpen={onOpen} />
      <More pages={pages} />
    </>
  );
}
