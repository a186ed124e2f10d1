/** What to tell the user about an error, in their language, and whether another try may help. */
import { adviceFor } from "@credits/contract";

import { useLanguage } from "../i18n/language";

export function useAdvice(error: unknown): { text: string; retry: boolean } {
  const advice = adviceFor(error);
  return { text: advice[useLanguage()], retry: advice.retry };
}
