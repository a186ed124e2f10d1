/** A promotion code: asked for only by whoever has one, and told in words once it was taken. */
import { isProblem, type Schema } from "@credits/contract";
import { type FormEvent, useState } from "react";

import { useFormat } from "../i18n/format";
import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { useAdvice } from "../ui/useAdvice";
import styles from "./PromotionCode.module.css";
import { useTexts } from "./texts";

interface PromotionCodeProps {
  /** What the code does that is used now. */
  promotion: Schema.BuyersPromotion | undefined;
  /** Whether it is for what was chosen. */
  isFor: boolean;
  onUse: (code: string | undefined) => void;
}

export function PromotionCode({ promotion, isFor, onUse }: PromotionCodeProps) {
  const { code: t } = useTexts();
  const format = useFormat();
  const credits = useCredits();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState<unknown>(null);
  const [isAsking, setAsking] = useState(false);
  const advice = useAdvice(refused).text;
  const refusal = isProblem(refused, "not_found") ? t.unknown : advice;

  // Whether it can be used is asked before the prices are shown with it: a refusal leaves them as they are.
  async function use(event: FormEvent) {
    event.preventDefault();
    const code = typed.trim();
    if (code === "") {
      return;
    }
    setAsking(true);
    try {
      await credits.get("/v1/packages", { params: { query: { promotion_code: code } } });
      setRefused(null);
      onUse(code);
    } catch (error) {
      setRefused(error);
    } finally {
      setAsking(false);
    }
  }

  if (promotion !== undefined) {
    const { code, percent_off, extra_credits } = promotion;
    return (
      <div className={styles.used} role="status">
        <p>
          {extra_credits
            ? t.credits(code, format.credits(extra_credits))
            : t.percent(code, format.percent(percent_off ?? 0))}
          {!isFor && <span className={styles.notFor}>{t.notFor}</span>}
        </p>
        <Button look="quiet" size="small" onPress={() => onUse(undefined)}>
          {t.remove}
        </Button>
      </div>
    );
  }
  if (!isOpen) {
    return (
      <div className={styles.ask}>
        <Button look="quiet" size="small" onPress={() => setOpen(true)}>
          {t.ask}
        </Button>
      </div>
    );
  }
  return (
    <form className={styles.form} onSubmit={(event) => void use(event)}>
      <Field
        label={t.label}
        value={typed}
        onChange={setTyped}
        error={refused === null ? undefined : refusal}
        maxLength={32}
        autoCapitalize="characters"
        autoFocus
      />
      <Button look="secondary" type="submit" isPending={isAsking}>
        {t.apply}
      </Button>
    </form>
  );
}
