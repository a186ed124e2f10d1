/**
 * The end of a list that goes on: a button for the next page, what went wrong with it, or that this is all. A list of
 * one page has no such end.
 */
import { useEffect, useId, useRef } from "react";

import { texts } from "../i18n/texts";
import { Button } from "./Button";
import styles from "./More.module.css";
import { Problem } from "./Problem";

const useTexts = texts({
  en: { more: "Load more", end: "That is all." },
  de: { more: "Mehr laden", end: "Das ist alles." },
});

interface MoreProps {
  /** A query of pages. */
  pages: {
    data?: { pages: readonly unknown[] } | undefined;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
}

export function More({ pages }: MoreProps) {
  const t = useTexts();
  // The button reads itself out by its id when it is done: the end of the list takes that over.
  const id = useId();
  const end = useRef<HTMLParagraphElement>(null);
  const isWaitedFor = useRef(false);

  // The button has gone with the last page: whoever pressed it goes on from where it was.
  useEffect(() => {
    if (isWaitedFor.current && !pages.hasNextPage) {
      end.current?.focus();
    }
    isWaitedFor.current &&= pages.isFetchingNextPage;
  }, [pages.hasNextPage, pages.isFetchingNextPage]);

  const next = () => {
    isWaitedFor.current = true;
    void pages.fetchNextPage();
  };
  if (pages.isFetchNextPageError) {
    return <Problem error={pages.error} onRetry={next} />;
  }
  if (!pages.hasNextPage && pages.data?.pages.length === 1) {
    return null;
  }
  return (
    <div className={styles.more}>
      {pages.hasNextPage ? (
        <Button id={id} look="secondary" isPending={pages.isFetchingNextPage} onPress={next}>
          {t.more}
        </Button>
      ) : (
        <p id={id} ref={end} tabIndex={-1}>
          {t.end}
        </p>
      )}
    </div>
  );
}
