/** Choosing what to buy: on one side the amounts, on the other what the chosen one comes to. */
import { useState } from "react";

import { useRoute } from "../app/routes";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Select } from "../ui/Select";
import { SkeletonRows } from "../ui/Skeleton";
import { isOffered, wholeCredits } from "./amount";
import styles from "./Choose.module.css";
import { CustomAmount } from "./CustomAmount";
import { LastPayment } from "./LastPayment";
import { type Order, orderOfNumber, orderOfPackage } from "./order";
import { OrderCard } from "./OrderCard";
import { OTHER, Packages } from "./Packages";
import { PromotionCode } from "./PromotionCode";
import { Questions } from "./Questions";
import { useAdvice, useCheckoutSession, useCustomPrice, usePackages } from "./reads";
import { rememberedCheckout } from "./remembered";
import { useTexts } from "./texts";

export function Choose({ isCancelled }: { isCancelled: boolean }) {
  const t = useTexts();
  const asked = useRoute().params;
  const [currency, setCurrency] = useState<string>();
  const [code, setCode] = useState<string>();
  const [typed, setTyped] = useState(asked.get("credits") ?? "");
  const [picked, setPicked] = useState(asked.has("credits") ? OTHER : asked.get("package"));

  const packages = usePackages(currency, code);
  const advice = useAdvice();
  const list = packages.data;
  const number = picked === OTHER ? wholeCredits(typed) : null;
  const offered = number !== null && list !== undefined && isOffered(number, list.custom) ? number : null;
  const price = useCustomPrice(offered, list?.currency);

  // It is told above all this, and is not to push it down when it comes.
  const last = useCheckoutSession(rememberedCheckout());
  if (list === undefined || last.isLoading) {
    return packages.isError && list === undefined ? (
      <Problem error={packages.error} onRetry={() => void packages.refetch()} />
    ) : (
      <ChooseSkeleton />
    );
  }

  // Until something is picked it is what fits; the smallest where nothing is known, which is soonest used up.
  const suggested = advice.data?.package_id ?? null;
  const shown = picked ?? (advice.isPending ? null : (suggested ?? list.data[0]?.id ?? null));
  const order = orderOf();

  function orderOf(): Order | null {
    const chosen = list?.data.find(({ id }) => id === shown);
    if (list !== undefined && chosen !== undefined) {
      return orderOfPackage(chosen, list);
    }
    const isPriced = price.data !== undefined && !price.isError && price.data.credits === offered;
    return shown === OTHER && isPriced ? orderOfNumber(price.data) : null;
  }

  return (
    <>
      <LastPayment session={last.data} isCancelled={isCancelled} />
      <div className={styles.choose}>
        <Card
          title={t.packages.title}
          aside={
            list.currencies.length > 1 && (
              <Select
                label={t.currency}
                labelUnseen
                value={list.currency}
                onChange={setCurrency}
                options={list.currencies.map((value) => ({ value, label: value.toUpperCase() }))}
              />
            )
          }
        >
          <Packages list={list} suggested={suggested} chosen={shown} onChoose={setPicked} />
          {shown === OTHER && (
            <CustomAmount
              custom={list.custom}
              currency={list.currency}
              typed={typed}
              number={number}
              isOffered={offered !== null}
              error={price.error}
              onType={setTyped}
            />
          )}
          <PromotionCode
            promotion={code === undefined ? undefined : list.promotion}
            isFor={order === null || order.code !== undefined}
            onUse={setCode}
          />
        </Card>
        <OrderCard
          order={order}
          isPricing={order === null && offered !== null && !price.isError}
          advice={advice.data}
        />
        <Questions />
      </div>
    </>
  );
}

function ChooseSkeleton() {
  const t = useTexts();
  return (
    <div className={styles.choose}>
      <Card title={t.packages.title}>
        <SkeletonRows rows={5} height="5.25rem" />
      </Card>
      <Card title={t.order.title}>
        <SkeletonRows rows={6} height="3rem" />
      </Card>
    </div>
  );
}
