/** What a newcomer is shown instead of figures: how credits work, from choosing them to using them. */
import { Card } from "../ui/Card";
import styles from "./FirstSteps.module.css";
import { useTexts } from "./texts";

export function FirstSteps() {
  const { steps: t } = useTexts();
  return (
    <Card title={t.title} lead={t.lead}>
      <ol className={styles.steps}>
        {t.list.map(([title, text]) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
