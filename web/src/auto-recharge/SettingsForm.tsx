/** When to recharge, how much to buy, and what it may cost at most: with the price of it while it is chosen. */
import { createAttempts, type Schema, staleAfterChange } from "@credits/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { useStale } from "../data/useStale";
import { useFormat } from "../i18n/format";
import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Choice } from "../ui/Choice";
import { AmountField } from "../ui/AmountField";
import { focusFirstMistake } from "../ui/firstMistake";
import { Problem } from "../ui/Problem";
import { Select } from "../ui/Select";
import { Switch } from "../ui/Switch";
import { PriceOfRecharge } from "./PriceOfRecharge";
import { isCapTooLow, useRechargePrice } from "./prices";
import { type Draft, draftOf, mistakesIn, requestOf, type Wrong } from "./settings";
import styles from "./SettingsForm.module.css";
import { useTexts } from "./texts";

interface SettingsFormProps {
  recharge: Schema.AutoRecharge;
  packages: Schema.PackageList;
}

export function SettingsForm({ recharge, packages }: SettingsFormProps) {
  const t = useTexts();
  const format = useFormat();
  const credits = useCredits();
  const stale = useStale();
  const [attempts] = useState(createAttempts);
  const [draft, setDraft] = useState(() => draftOf(recharge.settings, packages.currency));
  // What is half-written is not called wrong yet.
  const [tried, setTried] = useState(false);

  const saving = useMutation({
    mutationFn: (request: Schema.NewAutoRechargeSettings) =>
      attempts.run(request, (body, key) =>
        credits.put("/v1/auto-recharge", { params: { header: { "Idempotency-Key": key } }, body }),
      ),
    onSuccess: () => stale(staleAfterChange.update_auto_recharge),
  });

  const sold = packages.custom;
  const mistakes = mistakesIn(draft, sold);
  const price = useRechargePrice(draft, sold, mistakes);
  const capTooLow =
    price !== undefined && isCapTooLow(draft, price) ? t.wrong.capTooLow(format.money(price.least.price)) : undefined;
  const change = (change: Partial<Draft>) => {
    saving.reset();
    setDraft({ ...draft, ...change });
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(mistakes).length > 0 || capTooLow !== undefined) {
      focusFirstMistake(event.currentTarget);
    } else if (!saving.isPending) {
      saving.mutate(requestOf(draft));
    }
  };
  const wrong = (mistake: Wrong | undefined) =>
    !tried || mistake === undefined
      ? undefined
      : mistake === "range"
        ? t.wrong.range(format.credits(sold.min_credits), format.credits(sold.max_credits))
        : t.wrong[mistake];

  return (
    <Card title={t.form.heading}>
      <form className={styles.form} onSubmit={save} noValidate>
        <Switch label={t.form.enabled} isOn={draft.enabled} onChange={(enabled) => change({ enabled })} />
        <AmountField
          label={t.form.threshold}
          hint={t.form.thresholdHelp}
          error={wrong(mistakes.threshold)}
          value={draft.threshold}
          onChange={(threshold) => change({ threshold })}
          suffix={t.form.unit}
        />
        <Choice
          label={t.form.way}
          value={draft.way}
          onChange={(way) => change({ way })}
          options={[
            { value: "fixed", label: t.form.fixed },
            { value: "up_to", label: t.form.upTo },
          ]}
        />
        <AmountField
          label={draft.way === "fixed" ? t.form.credits : t.form.target}
          error={wrong(mistakes.amount)}
          hint={<PriceOfRecharge price={price} />}
          value={draft.amount}
          onChange={(amount) => change({ amount })}
          suffix={t.form.unit}
        />
        <div className={styles.cap}>
          <AmountField
            label={t.form.cap}
            hint={t.form.capHelp}
            error={wrong(mistakes.cap) ?? capTooLow}
            value={draft.cap}
            onChange={(cap) => change({ cap })}
            suffix={packages.currencies.length > 1 ? undefined : draft.currency.toUpperCase()}
          />
          {packages.currencies.length > 1 && (
            <Select
              label={t.form.currency}
              value={draft.currency}
              onChange={(currency) => change({ currency })}
              options={packages.currencies.map((value) => ({ value, label: value.toUpperCase() }))}
            />
          )}
        </div>
        <p className={styles.terms}>{t.form.terms}</p>
        {saving.isError && <Problem error={saving.error} />}
        <div className={styles.save}>
          <Button type="submit" isPending={saving.isPending}>
            {t.form.save}
          </Button>
          <p role="status" className={styles.saved}>
            {saving.isSuccess && t.form.saved}
          </p>
        </div>
      </form>
    </Card>
  );
}
