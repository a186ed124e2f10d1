/** The balance: what is available, large, and beneath it what else is to be known about it. */
import type { Schema } from "@credits/contract";
import type { ReactNode } from "react";

import { isZero } from "../amounts/credits";
import { href } from "../app/routes";
import { useFormat } from "../i18n/format";
import { Credits } from "../ui/amounts";
import { LinkButton } from "../ui/Button";
import { Skeleton } from "../ui/Skeleton";
import { useCycleDays } from "./reads";
import styles from "./Standing.module.css";
import { useTexts } from "./texts";

export function Standing({ balance }: { balance: Schema.Balance | undefined }) {
  const t = useTexts();
  const format = useFormat();
  return (
    <section className={styles.standing} aria-label={t.standing.label}>
      <div className={styles.main}>
        <div>
          <p className={styles.label}>{t.standing.label}</p>
          <p className={styles.figure} aria-live="polite">
            {balance === undefined ? (
              <Skeleton width="4.5ch" height="0.85em" />
            ) : (
              <Credits value={balance.available} as="glance" />
            )}
          </p>
          <p className={styles.asOf}>
            {balance === undefined ? <Skeleton width="11ch" /> : t.standing.asOf(format.time(balance.as_of))}
          </p>
        </div>
        <LinkButton href={href("buy")}>{t.buy}</LinkButton>
      </div>
      <dl className={styles.facts}>{balance === undefined ? <NoFacts /> : <Facts balance={balance} />}</dl>
    </section>
  );
}

function Facts({ balance }: { balance: Schema.Balance }) {
  const t = useTexts().standing;
  const format = useFormat();
  const cycleDays = useCycleDays(balance.cycle);
  const { next_expiry: next, runway_days: days, cycle } = balance;
  return (
    <>
      <Fact name={t.consumed} note={cycleDays ?? <Skeleton width="14ch" />}>
        <Credits value={cycle.consumed} as="glance" />
      </Fact>
      <Fact name={t.held} note={isZero(balance.held) ? t.noneHeld : t.heldExplained}>
        <Credits value={balance.held} as="glance" />
      </Fact>
      {next ? (
        <Fact name={t.next} note={t.nextOn(format.day(next.expires_at))}>
          <a href={href("lots")}>
            <Credits value={next.credits} as="glance" />
          </a>
        </Fact>
      ) : (
        <Fact name={t.next} note={t.noneEnds}>
          –
        </Fact>
      )}
      {days === null || days === undefined ? (
        <Fact name={t.lasts} note={t.tooLittleHistory}>
          –
        </Fact>
      ) : (
        <Fact name={t.lasts} note={t.atYourUse}>
          {days < 1 ? t.lessThanADay : t.days(format.count(Math.floor(days)))}
        </Fact>
      )}
      {!isZero(balance.pending) && (
        <Fact name={t.pending} note={t.pendingExplained}>
          <a href={href("purchases")}>
            <Credits value={balance.pending} as="glance" />
          </a>
        </Fact>
      )}
      {!isZero(balance.frozen) && (
        <Fact name={t.frozen} note={t.frozenExplained}>
          <Credits value={balance.frozen} as="glance" />
        </Fact>
      )}
      {!isZero(balance.debt) && (
        <Fact name={t.debt} note={t.debtExplained}>
          <Credits value={balance.debt} as="glance" />
        </Fact>
      )}
    </>
  );
}

function NoFacts() {
  const t = useTexts().standing;
  return [t.consumed, t.held, t.next, t.lasts].map((name) => (
    <Fact key={name} name={name} note={<Skeleton width="12ch" />}>
      <Skeleton width="6ch" />
    </Fact>
  ));
}

function Fact({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>{children}</span>
        <span className={styles.note}>{note}</span>
      </dd>
    </div>
  );
}
