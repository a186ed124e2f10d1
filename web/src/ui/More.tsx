/** The end of a list that goes on: a button for the next page, what went wrong with it, or that this is all. */
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
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
}

export function More({ pages }: MoreProps) {
  const t = useTexts();
  const next = () => void pages.fetchNextPage();
  if (pages.isFetchNextPageError) {
    return <Problem error={pages.error} onRetry={next} />;
  }
  return (
    <div className={styles.more}>
      {pages.hasNextPage ? (
        <Button look="secondary" isPending={pages.isFetchingNextPage} onPress={next}>
          {t.more}
        </Button>
      ) : (
        <p>{t.end}</p>
      )}
    </div>
  );
}
