/** Choosing what to buy: on one side the amounts, on the other what the chosen one comes to. */
import { Card } from "../ui/Card";
import { Problem } from "../ui/Problem";
import { Select } from "../ui/Select";
import { SkeletonRows } from "../ui/Skeleton";
import styles from "./Choose.module.css";
import { CustomAmount } from "./CustomAmount";
import { LastPayment } from "./LastPayment";
import { OrderCard } from "./OrderCard";
import { OTHER, Packages } from "./Packages";
import { PromotionCode } from "./PromotionCode";
import { Questions } from "./Questions";
import { useCheckoutSession } from "./reads";
import { rememberedCheckout } from "./remembered";
import { useTexts } from "./texts";
import { useChoice } from "./useChoice";

export function Choose({ isCancelled }: { isCancelled: boolean }) {
  const t = useTexts();
  const { packages, order, ...choice } = useChoice();
  // It is told above all this, and is not to push it down when it comes.
  const last = useCheckoutSession(rememberedCheckout());
  const list = packages.data;

  if (list === undefined && packages.isError) {
    return <Problem error={packages.error} onRetry={() => void packages.refetch()} />;
  }
  if (list === undefined || last.isLoading) {
    return <ChooseSkeleton />;
  }
  const currencies = list.currencies.length > 1 && (
    <Select
      label={t.currency}
      labelUnseen
      value={list.currency}
      onChange={choice.chooseCurrency}
      options={list.currencies.map((value) => ({ value, label: value.toUpperCase() }))}
    />
  );
  return (
    <>
      <LastPayment session={last.data} isCancelled={isCancelled} />
      <div className={styles.choose}>
        <Card title={t.packages.title} aside={currencies}>
          <Packages list={list} suggested={choice.suggested} chosen={choice.chosen} onChoose={choice.pick} />
          {choice.chosen === OTHER && (
            <CustomAmount {...choice.custom} pricing={list.custom} currency={list.currency} />
          )}
          <PromotionCode
            promotion={choice.promotion}
            isFor={order === null || order.code !== undefined}
            onUse={choice.applyCode}
          />
        </Card>
        <OrderCard order={order} isPricing={choice.isPricing} advice={choice.advice} />
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
      <Questions />
    </div>
  );
}
