/** The packages, and the way to a number of one's own, as one choice. */
import type { Schema } from "@credits/contract";
import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";

import { sum } from "../amounts/credits";
import { useFormat } from "../i18n/format";
import { Badge } from "../ui/Badge";
import styles from "./Packages.module.css";
import { useTexts } from "./texts";

/** What is chosen where it is no package. */
export const OTHER = "other";

interface PackagesProps {
  list: Schema.PackageList;
  /** The package that fits the account's use. */
  suggested: string | null;
  chosen: string | null;
  onChoose: (chosen: string) => void;
}

export function Packages({ list, suggested, chosen, onChoose }: PackagesProps) {
  const { packages: t } = useTexts();
  const format = useFormat();
  return (
    <RadioGroup className={styles.packages ?? ""} aria-label={t.label} value={chosen} onChange={onChoose}>
      {list.data.map((item) => {
        const { price, bonus_credits, price_per_credit, saving_percent } = item.with_promotion ?? item;
        const bonus = bonus_credits === "0" ? null : t.bonus(format.credits(bonus_credits));
        return (
          <Choice
            key={item.id}
            value={item.id}
            title={t.credits(format.credits(sum(item.credits, bonus_credits)))}
            note={bonus === null ? item.name : `${item.name} · ${bonus}`}
            badges={
              <>
                {item.id === suggested && <Badge tone="good">{t.suggested}</Badge>}
                {saving_percent > 0 && <Badge>{t.saving(format.percent(saving_percent))}</Badge>}
              </>
            }
            price={format.money(price)}
            was={item.with_promotion && price.amount !== item.price.amount ? format.money(item.price) : undefined}
            each={t.each(format.unitPrice(price_per_credit, price.currency))}
          />
        );
      })}
      <Choice value={OTHER} title={t.other} note={t.otherExplained} />
    </RadioGroup>
  );
}

interface ChoiceProps {
  value: string;
  title: string;
  note: string;
  badges?: ReactNode;
  price?: string;
  /** Without the promotion code. */
  was?: string;
  each?: string;
}

function Choice({ value, title, note, badges, price, was, each }: ChoiceProps) {
  return (
    <Radio className={styles.choice ?? ""} value={value}>
      <span className={styles.mark} aria-hidden="true" />
      <span className={styles.what}>
        <span className={styles.title}>{title}</span>
        <span className={styles.note}>{note}</span>
      </span>
      {badges !== undefined && <span className={styles.badges}>{badges}</span>}
      {price !== undefined && (
        <span className={styles.cost}>
          <span className={styles.title}>
            {was !== undefined && <s className={styles.was}>{was}</s>} {price}
          </span>
          <span className={styles.note}>{each}</span>
        </span>
      )}
    </Radio>
  );
}
