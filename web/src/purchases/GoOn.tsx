/** Goes on to the payment page of a purchase that was begun, if that page is still open. */
import { useMutation } from "@tanstack/react-query";

import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import styles from "./GoOn.module.css";
import { useTexts } from "./texts";

export function GoOn({ sessionId }: { sessionId: string }) {
  const t = useTexts().list;
  const credits = useCredits();
  const asking = useMutation({
    mutationFn: () => credits.get("/v1/checkout-sessions/{id}", { params: { path: { id: sessionId } } }),
    onSuccess: ({ url }) => {
      if (typeof url === "string") {
        location.assign(url);
      }
    },
  });
  const isClosed = asking.data !== undefined && typeof asking.data.url !== "string";
  return (
    <div className={styles.goOn}>
      {asking.isError && <Problem error={asking.error} />}
      {isClosed ? (
        <p role="status">{t.closed}</p>
      ) : (
        // The browser is on its way once there is an address: until it has left, no second press.
        <Button
          look="secondary"
          size="small"
          isPending={!asking.isIdle && !asking.isError}
          onPress={() => asking.mutate()}
        >
          {t.resume}
        </Button>
      )}
    </div>
  );
}
