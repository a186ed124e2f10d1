/** The figure that an entry is about. What is only set aside or frozen is neither gained nor lost, and has no sign. */
import type { Schema } from "@credits/contract";

import { micro } from "../amounts/credits";
import { useFormat } from "../i18n/format";
import styles from "./ChangeFigure.module.css";
import { type Change, changeOf } from "./story";
import { useTexts } from "./texts";

export function ChangeFigure({ entry }: { entry: Schema.Entry }) {
  return <Figure change={changeOf(entry)} />;
}

export function Figure({ change: { of, credits } }: { change: Change }) {
  const t = useTexts().change;
  const format = useFormat();
  const isMore = micro(credits) > 0n;
  if (of === "owned") {
    return <span className={isMore ? styles.gained : styles.owned}>{format.change(credits)}</span>;
  }
  const says = of === "held" ? (isMore ? t.setAside : t.freed) : isMore ? t.frozen : t.thawed;
  return <span className={styles.moved}>{says(format.credits(credits.replace(/^-/, "")))}</span>;
}
