/** What the chosen amount comes to: price, end, how it fits one's use, and the terms, all of it before the button. */
import type { Schema } from "@credits/contract";
import type { ReactNode } from "react";

import { useFormat } from "../i18n/format";
import { Credits, Money, Moment } from "../ui/amounts";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Skeleton } from "../ui/Skeleton";
import { AdviceNote } from "./AdviceNote";
import type { Order } from "./order";
import styles from "./OrderCard.module.css";
import { useTexts } from "./texts";
import { useCheckout } from "./useCheckout";

interface OrderCardProps {
  order: Order | null;
  /** Its price is being asked for. */
  isPricing: boolean;
  advice: Schema.PurchaseAdvice | undefined;
}

export function OrderCard({ order, isPricing, advice }: OrderCardProps) {
  const { order: t } = useTexts();
  const format = useFormat();
  const { pay, error, isPaying } = useCheckout();
  const figure = (shown: (order: Order) => ReactNode) =>
    order === null ? isPricing ? <Skeleton width="6ch" /> : "–" : shown(order);

  return (
    <div className={styles.order}>
      <Card title={t.title}>
        <dl className={styles.lines}>
          <Line name={t.credits}>
            {figure(({ credits, bonus }) => (
              <>
                <Credits value={credits} />
                {bonus !== "0" && (
                  <span className={styles.part}>
                    {format.credits(bonus)} {t.bonus}
                  </span>
                )}
              </>
            ))}
          </Line>
          <Line name={t.each}>
            {figure(({ pricePerCredit, price }) => format.unitPrice(pricePerCredit, price.currency))}
          </Line>
          <Line name={t.saving}>
            {figure(({ savingPercent }) => (savingPercent > 0 ? format.percent(savingPercent) : "–"))}
          </Line>
          {order?.code !== undefined && <Line name={t.code}>{order.code}</Line>}
          <Line name={t.usable}>
            {advice === undefined ? <Skeleton width="9ch" /> : <Moment at={advice.ends_at} as="day" />}
          </Line>
          <div className={styles.total}>
            <dt>{t.price}</dt>
            <dd aria-live="polite">
              {figure(({ price }) => (
                <Money value={price} />
              ))}
            </dd>
          </div>
        </dl>
        <AdviceNote advice={advice} chosen={order?.credits ?? null} />
        <p className={styles.terms}>{t.terms(advice && format.day(advice.ends_at))}</p>
        {error !== null && <Problem error={error} />}
        <Button size="wide" isDisabled={order === null} isPending={isPaying} onPress={() => order && pay(order.offer)}>
          {order === null ? t.choose : isPaying ? t.paying : t.pay(format.money(order.price))}
        </Button>
        <p className={styles.secure}>
          {t.secure} {t.tax}
        </p>
      </Card>
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
