/** Says what went wrong in the user's words, and offers to try again. */
import { ProblemError } from "@credits/contract";

import { Button } from "./Button";
import { Icon } from "./Icon";
import styles from "./Problem.module.css";
import { useTexts } from "./texts";
import { useAdvice } from "./useAdvice";

export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTexts();
  const advice = useAdvice(error);
  return (
    <div className={styles.problem} role="alert">
      <Icon name="warning" />
      <div className={styles.text}>
        <p>{advice.text}</p>
        {error instanceof ProblemError && error.requestId !== null && (
          <p className={styles.reference}>{t.reference(error.requestId)}</p>
        )}
      </div>
      {onRetry !== undefined && (
        <Button look="secondary" size="small" onPress={onRetry}>
          {t.retry}
        </Button>
      )}
    </div>
  );
}
