/** What one wants to hear of: read, edited, and sent as a whole, since the service keeps it as a whole. */
import { createAttempts, type Schema, staleAfterChange } from "@credits/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { useRead } from "../data/useRead";
import { useStale } from "../data/useStale";
import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { focusFirstMistake } from "../ui/firstMistake";
import { Problem } from "../ui/Problem";
import { SkeletonRows } from "../ui/Skeleton";
import { Choices } from "./Choices";
import { isSame, thresholdMistakes } from "./preferences";
import styles from "./Preferences.module.css";
import { Thresholds } from "./Thresholds";
import { useTexts } from "./texts";

export function Preferences() {
  const read = useRead("preferences", [], (credits, signal) => credits.get("/v1/notification-preferences", { signal }));
  if (read.data !== undefined) {
    return <PreferencesForm preferences={read.data} />;
  }
  return (
    <Card>
      {read.isError ? (
        <Problem error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <SkeletonRows rows={8} height="3.25rem" />
      )}
    </Card>
  );
}

function PreferencesForm({ preferences }: { preferences: Schema.NotificationPreferences }) {
  const t = useTexts();
  const credits = useCredits();
  const stale = useStale();
  const [attempts] = useState(createAttempts);
  const [edited, setEdited] = useState(preferences);
  const [tried, setTried] = useState(false);
  const hasChanged = !isSame(edited, preferences);
  const mistakes = thresholdMistakes(edited.low_balance);

  const saving = useMutation({
    mutationFn: (request: Schema.NewNotificationPreferences) =>
      attempts.run(request, (body, key) =>
        credits.put("/v1/notification-preferences", { params: { header: { "Idempotency-Key": key } }, body }),
      ),
    onSuccess: (saved) => {
      setEdited(saved);
      stale(staleAfterChange.update_notification_preferences);
    },
  });

  const change = (change: Partial<Schema.NotificationPreferences>) => {
    saving.reset();
    setEdited({ ...edited, ...change });
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (mistakes.some((mistake) => mistake !== undefined)) {
      focusFirstMistake(event.currentTarget);
    } else if (!saving.isPending) {
      saving.mutate(edited);
    }
  };

  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <Thresholds
        thresholds={edited.low_balance}
        mistakes={tried ? mistakes : []}
        onChange={(low_balance) => change({ low_balance })}
      />
      <Choices choices={edited.kinds} onChange={(kinds) => change({ kinds })} />
      {saving.isError && <Problem error={saving.error} />}
      <div className={styles.save} data-changed={hasChanged}>
        <Button type="submit" isPending={saving.isPending}>
          {t.preferences.save}
        </Button>
        <p role="status">
          {saving.isSuccess ? (
            <span className={styles.saved}>{t.preferences.saved}</span>
          ) : (
            hasChanged && t.preferences.changed
          )}
        </p>
      </div>
    </form>
  );
}
