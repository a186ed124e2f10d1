/** What people ask before they buy, as the help article answers it. */
import { Card } from "../ui/Card";
import styles from "./Questions.module.css";
import { useTexts } from "./texts";

export function Questions() {
  const { questions: t } = useTexts();
  return (
    <Card title={t.title}>
      <dl className={styles.questions}>
        {t.list.map(([question, answer]) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
