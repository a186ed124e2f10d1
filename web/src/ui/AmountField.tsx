/**
 * A number that the user writes as their language does: its value has the service's decimal point, whatever stands in
 * the box. Separators of thousands are not guessed at: what has them is no number.
 */
import type { ComponentProps } from "react";

import { useFormat } from "../i18n/format";
import { Field } from "./Field";

type AmountFieldProps = Omit<ComponentProps<typeof Field>, "inputMode">;

export function AmountField({ value, onChange, ...rest }: AmountFieldProps) {
  const { locale } = useFormat();
  const turn = decimalSign(locale) === "," ? swapSigns : (text: string) => text;
  return <Field {...rest} inputMode="decimal" value={turn(value)} onChange={(text) => onChange(turn(text.trim()))} />;
}

function decimalSign(locale: string): string | undefined {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value;
}

function swapSigns(text: string): string {
  return text.replace(/[.,]/g, (sign) => (sign === "," ? "." : ","));
}
