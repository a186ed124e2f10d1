/** Where in the purchase one is. The middle step is Stripe's. */
import styles from "./Steps.module.css";
import { useTexts } from "./texts";

export function Steps({ isBack }: { isBack: boolean }) {
  const { steps: t } = useTexts();
  const now = isBack ? t.done : t.choose;
  return (
    <ol className={styles.steps} aria-label={t.label}>
      {[t.choose, t.pay, t.done].map((step) => (
        <li key={step} aria-current={step === now ? "step" : undefined} data-past={isBack && step !== now}>
          {step}
        </li>
      ))}
    </ol>
  );
}
