/** Credits, money and instants as they stand in running text, with what is cut from them as a title. */
import { useFormat } from "../i18n/format";

interface CreditsProps {
  value: string;
  /** `glance` cuts after two decimals. */
  as?: "exact" | "glance" | "change";
}

export function Credits({ value, as = "exact" }: CreditsProps) {
  const format = useFormat();
  const exact = format.credits(value);
  const shown = { exact, glance: format.creditsShort(value), change: format.change(value) }[as];
  return <span title={as === "glance" && shown !== exact ? exact : undefined}>{shown}</span>;
}

export function Money({ value }: { value: { amount: number; currency: string } }) {
  return <span>{useFormat().money(value)}</span>;
}

/** An instant by its day and time, in the reader's zone; its exact text as a title. */
export function Moment({ at, as = "moment" }: { at: string; as?: "moment" | "day" | "dayShort" }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.momentExact(at)}>
      {format[as](at)}
    </time>
  );
}
