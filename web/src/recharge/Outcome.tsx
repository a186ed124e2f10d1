/** Back from Stripe: "processing" turns into what became of the payment by itself. */
import type { CheckoutOutcome, Schema } from "@credits/contract";
import type { ReactNode } from "react";

import { sum } from "../amounts/credits";
import { href } from "../app/routes";
import { useBalance } from "../data/reads";
import { useFormat } from "../i18n/format";
import { Credits, Money, Moment } from "../ui/amounts";
import { LinkButton } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon, type IconName } from "../ui/Icon";
import { Problem } from "../ui/Problem";
import { Skeleton } from "../ui/Skeleton";
import styles from "./Outcome.module.css";
import { useLots, usePurchase } from "./reads";
import { useTexts } from "./texts";
import { useOutcome } from "./useOutcome";

type State = CheckoutOutcome | "delayed";

const icons: Record<Exclude<State, "processing">, IconName> = {
  delayed: "clock",
  awaiting_funds: "clock",
  done: "check",
  failed: "cross",
  expired: "clock",
  review: "info",
  reversed: "warning",
};

export function Outcome({ id }: { id: string }) {
  const { outcome: t } = useTexts();
  const { progress, error, again } = useOutcome(id);
  if (error !== null) {
    return (
      <>
        <Problem error={error} onRetry={again} />
        <p>{t.failedRead}</p>
        <div className={styles.actions}>
          <LinkButton href={href("purchases")} look="secondary">
            {t.purchases}
          </LinkButton>
        </div>
      </>
    );
  }
  const session = progress?.session;
  const state: State = progress === null ? "processing" : progress.delayed ? "delayed" : progress.outcome;
  const { title, text } = t.states[state];
  return (
    <Card>
      <div className={styles.outcome} data-state={state}>
        <span className={styles.sign}>
          {state === "processing" ? (
            <span className={styles.spinner} aria-hidden="true" />
          ) : (
            <Icon name={icons[state]} />
          )}
        </span>
        <div role="status" className={styles.told}>
          <h2>{title}</h2>
          {session !== undefined && state === "done" ? <Added session={session} /> : <p>{text}</p>}
        </div>
        {session !== undefined && state === "done" && <Receipt session={session} />}
        <div className={styles.actions}>
          <Actions state={state} session={session} />
        </div>
      </div>
    </Card>
  );
}

function Added({ session }: { session: Schema.CheckoutSession }) {
  const { outcome: t } = useTexts();
  const format = useFormat();
  return <p>{t.added(format.credits(sum(session.credits, session.bonus_credits)))}</p>;
}

/** The updated balance, to be verified, and what was paid for it. */
function Receipt({ session }: { session: Schema.CheckoutSession }) {
  const { outcome: t } = useTexts();
  const { data: balance } = useBalance();
  const { data: purchase } = usePurchase(session.purchase_id);
  const lot = useLots().data?.data.find(({ purchase_id }) => purchase_id === session.purchase_id);
  return (
    <dl className={styles.receipt}>
      <Fact name={t.available}>
        {balance === undefined ? <Skeleton width="6ch" /> : <Credits value={balance.available} as="glance" />}
      </Fact>
      <Fact name={t.paid}>
        <Money value={session.price} />
      </Fact>
      {lot !== undefined && (
        <Fact name={t.until}>
          <Moment at={lot.expires_at} as="day" />
        </Fact>
      )}
      {purchase?.receipt_url !== undefined && (
        <Fact name={t.receipt}>
          <a href={purchase.receipt_url} target="_blank" rel="noreferrer">
            Stripe
          </a>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Actions({ state, session }: { state: State; session: Schema.CheckoutSession | undefined }) {
  const { outcome: t } = useTexts();
  switch (state) {
    case "processing":
    case "delayed":
      return (
        <>
          <LinkButton href={href("overview")} look="secondary">
            {t.overview}
          </LinkButton>
          {session?.url && <a href={session.url}>{t.goOn}</a>}
        </>
      );
    case "done":
      return (
        <>
          <LinkButton href={href("overview")}>{t.overview}</LinkButton>
          <LinkButton href={href("history", { kind: "grant" })} look="secondary">
            {t.history}
          </LinkButton>
        </>
      );
    case "failed":
    case "expired":
      return <LinkButton href={href("buy")}>{t.again}</LinkButton>;
    case "awaiting_funds":
    case "review":
    case "reversed":
      return (
        <>
          <LinkButton href={href("purchases")} look="secondary">
            {t.purchases}
          </LinkButton>
          <LinkButton href={href("overview")} look="secondary">
            {t.overview}
          </LinkButton>
        </>
      );
  }
}
