/** Below how much one wants to be told that little is left. */
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { AmountField } from "../ui/AmountField";
import { useFormat } from "../i18n/format";
import { MOST_THRESHOLDS, type ThresholdMistake } from "./preferences";
import { useTexts } from "./texts";
import styles from "./Thresholds.module.css";

interface ThresholdsProps {
  thresholds: string[];
  /** What is wrong with each of them, as far as it is to be told. */
  mistakes: (ThresholdMistake | undefined)[];
  onChange: (thresholds: string[]) => void;
}

export function Thresholds({ thresholds, mistakes, onChange }: ThresholdsProps) {
  const t = useTexts().low;
  const format = useFormat();
  const put = (place: number, value: string) =>
    onChange(thresholds.map((threshold, at) => (at === place ? value : threshold)));
  return (
    <Card title={t.heading} lead={t.text}>
      <div className={styles.thresholds}>
        {thresholds.length === 0 && <p>{t.none}</p>}
        {thresholds.map((threshold, place) => {
          const mistake = mistakes[place];
          return (
            <div key={place} className={styles.threshold}>
              <AmountField
                label={t.label(format.count(place + 1))}
                value={threshold}
                onChange={(value) => put(place, value)}
                suffix={t.unit}
                error={mistake === undefined ? undefined : t[mistake]}
              />
              <Button
                look="quiet"
                aria-label={t.remove(threshold)}
                onPress={() => onChange(thresholds.filter((_, at) => at !== place))}
              >
                {t.removeShort}
              </Button>
            </div>
          );
        })}
        {thresholds.length < MOST_THRESHOLDS ? (
          <div>
            <Button look="secondary" size="small" onPress={() => onChange([...thresholds, ""])}>
              {t.add}
            </Button>
          </div>
        ) : (
          <p className={styles.most}>{t.most(format.count(MOST_THRESHOLDS))}</p>
        )}
      </div>
    </Card>
  );
}
