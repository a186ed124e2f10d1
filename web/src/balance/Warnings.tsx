/** The warnings of `warnings.ts` in words, each with what can be done about it. */
import type { Schema } from "@credits/contract";
import type { ReactNode } from "react";

import { href } from "../app/routes";
import { useFormat } from "../i18n/format";
import { Banner } from "../ui/Banner";
import { useTexts } from "./texts";
import { type Warning, warningsOf } from "./warnings";
import styles from "./Warnings.module.css";

interface WarningsProps {
  balance: Schema.Balance;
  recharge: Schema.AutoRecharge | undefined;
  /** The latest ones, newest first. */
  notices: readonly Schema.Notification[] | undefined;
}

export function Warnings({ balance, recharge, notices }: WarningsProps) {
  const warnings = warningsOf({ balance, recharge, notices });
  return warnings.length === 0 ? null : (
    <div className={styles.warnings}>
      {warnings.map((warning) => (
        <Told key={warning.kind} warning={warning} />
      ))}
    </div>
  );
}

function Told({ warning }: { warning: Warning }) {
  const { warnings: t, buy } = useTexts();
  const format = useFormat();
  const toBuy = <a href={href("buy")}>{buy}</a>;
  const toRecharge = <a href={href("auto-recharge")}>{t.seeRecharge}</a>;
  const banner = (tone: "info" | "warn" | "bad", title: string, body: ReactNode, action: ReactNode) => (
    <Banner tone={tone} title={title} action={action}>
      {body}
    </Banner>
  );
  switch (warning.kind) {
    case "debt":
      return banner("bad", t.debt(format.credits(warning.credits)), t.debtExplained, toBuy);
    case "frozen": {
      const toPurchases = <a href={href("purchases")}>{t.seePurchases}</a>;
      return banner("bad", t.frozen(format.credits(warning.credits)), t.frozenExplained, toPurchases);
    }
    case "suspended":
      return banner("bad", t.suspended, t.suspendedBecause[warning.because], toRecharge);
    case "authentication":
      return banner("warn", t.authentication, t.authenticationExplained, <a href={warning.url}>{t.confirm}</a>);
    case "capReached":
      return banner("warn", t.capReached, t.capReachedExplained, toRecharge);
    case "noCard":
      return banner("warn", t.noCard, t.noCardExplained, toRecharge);
    case "empty":
      return banner("warn", t.empty, t.emptyExplained, toBuy);
    case "low": {
      const threshold = format.credits(warning.threshold);
      return banner("warn", t.low(format.creditsShort(warning.credits)), t.lowExplained(threshold), toBuy);
    }
    case "short":
      return banner("warn", t.short(format.count(warning.days)), t.shortExplained, toBuy);
    case "expiring": {
      const title = t.expiring(format.creditsShort(warning.credits), format.day(warning.expiresAt));
      return banner(warning.tone, title, t.expiringExplained, <a href={href("lots")}>{t.seeLots}</a>);
    }
  }
}
