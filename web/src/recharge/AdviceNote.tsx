/** What the account will likely need until credits bought now end, and how the chosen amount stands to that. */
import type { Schema } from "@credits/contract";

import { isZero } from "../amounts/credits";
import { useFormat } from "../i18n/format";
import { fitOf } from "./advice";
import styles from "./AdviceNote.module.css";
import { useTexts } from "./texts";

interface AdviceNoteProps {
  advice: Schema.PurchaseAdvice | undefined;
  /** Credits. */
  chosen: string | null;
}

export function AdviceNote({ advice, chosen }: AdviceNoteProps) {
  const { advice: t } = useTexts();
  const format = useFormat();
  if (advice === undefined) {
    return null;
  }
  const { forecast, reason, ends_at } = advice;
  const fit = fitOf(chosen, forecast);
  const day = format.day(ends_at);
  const inWhole = (credits: string) => format.creditsWhole(credits);
  return (
    <div className={styles.note} data-fit={fit?.kind} role="status">
      <p className={styles.title}>{t.title}</p>
      {forecast &&
        (isZero(forecast.needed.likely) ? (
          <p>{t.neededNone(day)}</p>
        ) : (
          <p>
            {t.needed(
              inWhole(forecast.needed.likely),
              inWhole(forecast.needed.low),
              inWhole(forecast.needed.high),
              day,
            )}
          </p>
        ))}
      {reason && fit === null && <p>{t.reasons[reason]}</p>}
      {fit?.kind === "tooMuch" && <p className={styles.warning}>{t.tooMuch(inWhole(fit.unused))}</p>}
      {fit?.kind === "fits" && <p>{t.fits}</p>}
      {fit?.kind === "likely" && <p>{t.likely}</p>}
    </div>
  );
}
