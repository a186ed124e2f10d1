/** Choosing what to buy: on one side the amounts, on the other what the chosen one comes to. */
import { useState } from "react";

import { useRoute } from "../app/routes";
import { Banner } from "../ui/Banner";
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Select } from "../ui/Select";
import { SkeletonRows } from "../ui/Skeleton";
import { wholeCredits } from "./amount";
import styles from "./Choose.module.css";
import { CustomAmount } from "./CustomAmount";
import { type Order, orderOfNumber, orderOfPackage } from "./order";
import { OrderCard } from "./OrderCard";
import { OTHER, Packages } from "./Packages";
import { PromotionCode } from "./PromotionCode";
import { useAdvice, useCustomPrice, usePackages } from "./reads";
import { useTexts } from "./texts";
import { Unfinished } from "./Unfinished";

export function Choose({ isCancelled }: { isCancelled: boolean }) {
  const t = useTexts();
  const asked = useRoute().params;
  const [currency, setCurrency] = useState<string>();
  const [code, setCode] = useState<string>();
  const [typed, setTyped] = useState(asked.get("credits") ?? "");
  const [picked, setPicked] = useState(asked.has("credits") ? OTHER : asked.get("package"));

  const packages = usePackages(currency, code);
  const advice = useAdvice();
  const number = picked === OTHER ? wholeCredits(typed) : null;
  const price = useCustomPrice(number, packages.data?.currency);
  const list = packages.data;

  if (list === undefined) {
    return packages.isError ? (
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
    const isPriced = price.data !== undefined && !price.isError && price.data.credits === number;
    return shown === OTHER && isPriced ? orderOfNumber(price.data) : null;
  }

  return (
    <>
      {isCancelled && (
        <Banner tone="info" title={t.cancelled}>
          {t.cancelledExplained}
        </Banner>
      )}
      <Unfinished />
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
        <OrderCard order={order} isPricing={order === null && number !== null && !price.isError} advice={advice.data} />
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
