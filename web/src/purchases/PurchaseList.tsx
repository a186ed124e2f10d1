/** Purchases, each with its price, where it stands, and its papers. */
import type { Schema } from "@credits/contract";

import { isZero } from "../amounts/credits";
import { href } from "../app/routes";
import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import { Badge } from "../ui/Badge";
import { GoOn } from "./GoOn";
import styles from "./PurchaseList.module.css";
import { canGoOn, explanationOf, toneOf } from "./standing";
import { useTexts } from "./texts";

export function PurchaseList({ purchases }: { purchases: Schema.Purchase[] }) {
  return (
    <ol className={styles.purchases}>
      {purchases.map((purchase) => (
        <Row key={purchase.id} purchase={purchase} />
      ))}
    </ol>
  );
}

function Row({ purchase }: { purchase: Schema.Purchase }) {
  const t = useTexts();
  const format = useFormat();
  const amounts = useAmounts();
  const explanation = explanationOf(purchase, t);
  const { bonus_credits: bonus, tax, promotion_code: code, list_price: listPrice } = purchase;
  const details = [
    purchase.paid_at === undefined
      ? t.list.begun(format.moment(purchase.created_at))
      : t.list.paid(format.moment(purchase.paid_at)),
    !isZero(bonus) && t.list.bonus(amounts.credits(bonus)),
    tax !== undefined && t.list.tax(format.money(tax)),
    code !== undefined && listPrice !== undefined && t.list.code(code, format.money(listPrice)),
  ].filter((detail) => detail !== false);
  return (
    <li className={styles.purchase}>
      <p className={styles.credits}>
        {amounts.credits(purchase.credits)} <Badge tone={toneOf[purchase.status]}>{t.badges[purchase.status]}</Badge>
      </p>
      <p className={styles.price}>{format.money(purchase.price)}</p>
      <p className={styles.details}>{details.join(" · ")}</p>
      {explanation !== null && <p className={styles.explanation}>{explanation}</p>}
      {canGoOn(purchase) && <GoOn sessionId={purchase.checkout_session_id ?? ""} />}
      <ul className={styles.papers}>
        {purchase.receipt_url !== undefined && (
          <li>
            <Paper url={purchase.receipt_url} label={t.list.receipt} of={purchase} />
          </li>
        )}
        {purchase.invoice_url !== undefined && (
          <li>
            <Paper url={purchase.invoice_url} label={t.list.invoice} of={purchase} />
          </li>
        )}
        {purchase.paid_at !== undefined && (
          <li>
            <a href={href("history", { kind: "grant" })}>
              {t.list.history}
              <Which purchase={purchase} />
            </a>
          </li>
        )}
      </ul>
    </li>
  );
}

function Paper({ url, label, of }: { url: string; label: string; of: Schema.Purchase }) {
  const t = useTexts().list;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {label}
      <Which purchase={of} />
      <span className="unseen">, {t.newTab}</span>
    </a>
  );
}

/** For those who hear the links one by one. */
function Which({ purchase }: { purchase: Schema.Purchase }) {
  const format = useFormat();
  return <span className="unseen">: {format.moment(purchase.created_at)}</span>;
}
